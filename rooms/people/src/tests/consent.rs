//! Letters about care leave with consent alone.

use ground::Acting;
use ground::testing::run;

use crate::{Channel, Consent, NewClient, Purpose, agree, cast, reach, withdraw};

const WORDS: &str = "Write to me by email about my forms. Others may read email.";

#[test]
fn a_client_is_written_to_about_what_they_agreed_to_until_they_no_longer_do() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (elm, sam) = (cast.elm, cast.sam.id);
        let forms =
            Consent { client: sam, purpose: Purpose::Forms, channel: Channel::Email, words: WORDS };
        let mut tx = house.house.begin(&Acting::Job { practice: elm }).await.unwrap();
        assert!(reach(&mut tx, elm, sam, Purpose::Forms).await.unwrap().is_none());

        for _ in 0..2 {
            agree(&mut tx, elm, &forms).await.unwrap();
        }
        let by_phone = Consent { channel: Channel::Phone, purpose: Purpose::Bills, ..forms };
        agree(&mut tx, elm, &by_phone).await.unwrap();

        for (purpose, reached) in
            [(Purpose::Forms, true), (Purpose::Visits, false), (Purpose::Bills, false)]
        {
            let found = reach(&mut tx, elm, sam, purpose).await.unwrap();
            assert_eq!(found.is_some(), reached, "{purpose:?}");
        }
        withdraw(&mut tx, elm, sam, Purpose::Forms, Channel::Email).await.unwrap();
        assert!(reach(&mut tx, elm, sam, Purpose::Forms).await.unwrap().is_none());
        agree(&mut tx, elm, &forms).await.unwrap();
        assert!(reach(&mut tx, elm, sam, Purpose::Forms).await.unwrap().is_some());
        let rows: Vec<(String, bool)> = sqlx::query_as(
            "select n.words, n.withdrawn_at is null from people.consent n
              where n.channel = 'email' order by n.withdrawn_at",
        )
        .fetch_all(&mut *tx)
        .await
        .unwrap();
        assert_eq!(rows, [(WORDS.to_owned(), false), (WORDS.to_owned(), true)]);
        tx.commit().await.unwrap();
    });
}

#[test]
fn a_client_sees_what_they_agreed_to_themselves_and_withdraws_it_but_not_anothers() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (elm, sam) = (cast.elm, cast.sam.id);
        let mut tx = house.house.begin(&Acting::Job { practice: elm }).await.unwrap();
        let kit = NewClient {
            name: "Kit Moran".into(),
            address: crate::Address::read("kit@example.com"),
            state: "TX".into(),
        };
        let kit = crate::admit(&mut tx, elm, &kit).await.unwrap().id;
        for client in [sam, kit] {
            let (purpose, channel) = (Purpose::Visits, Channel::Email);
            let consent = Consent { client, purpose, channel, words: WORDS };
            agree(&mut tx, elm, &consent).await.unwrap();
        }
        tx.commit().await.unwrap();
        let acting = cast::comes_in(&house.house, elm, sam).await.unwrap().unwrap();

        let mut tx = house.house.begin(&acting).await.unwrap();
        for client in [sam, kit] {
            withdraw(&mut tx, elm, client, Purpose::Visits, Channel::Email).await.unwrap();
        }
        tx.commit().await.unwrap();

        let mut tx = house.house.begin(&Acting::Job { practice: elm }).await.unwrap();
        assert!(reach(&mut tx, elm, sam, Purpose::Visits).await.unwrap().is_none());
        assert!(reach(&mut tx, elm, kit, Purpose::Visits).await.unwrap().is_some());
    });
}

#[test]
fn whoever_has_no_address_is_neither_written_to_nor_invited() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let elm = cast.elm;
        let mut tx = house.house.begin(&Acting::Job { practice: elm }).await.unwrap();
        let kit = NewClient { name: "Kit Moran".into(), address: None, state: "TX".into() };
        let client = crate::admit(&mut tx, elm, &kit).await.unwrap().id;
        let (purpose, channel) = (Purpose::Forms, Channel::Email);
        agree(&mut tx, elm, &Consent { client, purpose, channel, words: WORDS }).await.unwrap();

        assert!(reach(&mut tx, elm, client, purpose).await.unwrap().is_none());
        assert!(crate::invite_client(&mut tx, elm, client).await.unwrap().is_none());
    });
}
