//! Nothing that was typed is lost: not to another window, not to an answer that never came, and not
//! to a signature.

use axum::http::StatusCode;
use ground::testing::run;

use super::scene::{hidden, scene};

#[test]
fn a_page_saves_itself_and_says_when() {
    run(async |house| {
        let scene = scene(house).await;
        let mut window = scene.window(scene.first).await;

        let answer = window.saves("Slept").await;

        assert_eq!((answer.status, &*answer.page), (StatusCode::OK, "Draft. Saved 10:45 AM."));
        scene.wait(60);
        assert_eq!(window.saves("Slept well.").await.page, "Draft. Saved 10:46 AM.");
        // Whoever opens it next, after whatever crash, finds it as it was saved.
        let page = scene.ada().get(&scene.note(scene.first)).await.page;
        assert!(page.contains("Slept well.</textarea>"), "{page}");
        assert_eq!(hidden(&page, "version"), "2");
    });
}

#[test]
fn an_answer_that_was_lost_does_not_make_a_window_a_stranger_to_itself() {
    run(async |house| {
        let scene = scene(house).await;
        let window = scene.window(scene.first).await;
        for text in ["a", "ab", "abc"] {
            assert_eq!(window.saves_blindly(text).await.status, StatusCode::OK);
        }

        assert!(scene.ada().get(&scene.note(scene.first)).await.page.contains("abc</textarea>"));
        assert_eq!(scene.one::<i64>("select count(*) from chart.note_aside").await, 0);
    });
}

#[test]
fn two_windows_are_told_and_both_keep_their_words() {
    run(async |house| {
        let scene = scene(house).await;
        let mut one = scene.window(scene.first).await;
        one.saves("Begun.").await;
        let mut two = scene.window(scene.first).await;
        one.saves("Begun. From the desk.").await;

        for text in ["Begun. On the pho", "Begun. On the phone."] {
            let late = two.saves(text).await;
            assert_eq!(late.status, StatusCode::CONFLICT);
            assert!(late.page.contains("kept beside it"), "{}", late.page);
        }
        assert!(one.saves("Begun. From the desk!").await.status.is_success());

        let page = scene.ada().get(&scene.note(scene.first)).await.page;
        for kept in ["From the desk!", "On the phone.", "From another window"] {
            assert!(page.contains(kept), "{kept}: {page}");
        }
        let refused = scene.ada().get(&format!("{}/review", scene.note(scene.first))).await.page;
        assert!(refused.contains("wait beside this note") && !refused.contains(">Sign<"));
        let asides = format!("{}/asides", scene.note(scene.first));
        let form = [("tab", &*hidden(&page, "tab")), ("to", "take")];
        assert_eq!(scene.ada().post(&asides, &form).await.status, StatusCode::SEE_OTHER);
        let page = scene.ada().get(&scene.note(scene.first)).await.page;
        assert!(page.contains("From the desk!\n\nBegun. On the phone.</textarea>"), "{page}");
        assert!(!page.contains("From another window"), "{page}");
        assert_eq!(scene.signs(scene.first).await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn what_is_left_out_is_out_of_the_note_and_still_kept() {
    run(async |house| {
        let scene = scene(house).await;
        let mut one = scene.window(scene.first).await;
        let mut two = scene.window(scene.first).await;
        one.saves("This.").await;
        two.saves("That.").await;
        let page = scene.ada().get(&scene.note(scene.first)).await.page;
        let asides = format!("{}/asides", scene.note(scene.first));
        let form = [("tab", &*hidden(&page, "tab")), ("to", "leave")];

        scene.ada().post(&asides, &form).await;

        let page = scene.ada().get(&scene.note(scene.first)).await.page;
        assert!(page.contains("This.") && !page.contains("That."), "{page}");
        let kept = "select count(*) from chart.note_aside where settled_at is not null";
        assert_eq!(scene.one::<i64>(kept).await, 1);
    });
}

#[test]
fn words_that_come_after_the_signature_come_back_as_an_amendment_to_add() {
    run(async |house| {
        let scene = scene(house).await;
        scene.window(scene.first).await.saves("Signed words.").await;
        let late = scene.window(scene.first).await;
        scene.signs(scene.first).await;

        let by_itself = late.saves_blindly("Late words.").await;
        let pressed = late.pressed("Late words.").await;

        assert_eq!(by_itself.status, StatusCode::GONE);
        assert_eq!(pressed.status, StatusCode::CONFLICT);
        assert!(pressed.page.contains("Late words.</textarea>"), "{}", pressed.page);
        assert!(pressed.page.contains("name=\"amendment\""), "{}", pressed.page);
    });
}

#[test]
fn a_version_that_was_not_read_is_not_signed() {
    run(async |house| {
        let scene = scene(house).await;
        let mut window = scene.window(scene.first).await;
        window.saves("Read.").await;
        let review = scene.ada().get(&format!("{}/review", scene.note(scene.first))).await.page;
        window.saves("Read. And changed.").await;

        let signature = format!("{}/signature", scene.note(scene.first));
        let form = [("version", &*hidden(&review, "version"))];
        let answer = scene.ada().post(&signature, &form).await;

        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.page.contains("Read it once more"), "{}", answer.page);
    });
}

#[test]
fn a_section_that_is_too_long_comes_back_whole() {
    run(async |house| {
        let scene = scene(house).await;
        let window = scene.window(scene.first).await;
        let long = "word ".repeat(2_001);

        let answer = window.pressed(&long).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains(long.trim_end()), "what was typed stays");
        assert!(answer.page.contains("Shorten this section"));
    });
}

#[test]
fn a_note_that_says_nothing_is_not_begun_and_not_signed() {
    run(async |house| {
        let scene = scene(house).await;
        let window = scene.window(scene.first).await;
        assert_eq!(window.pressed("  \n ").await.status, StatusCode::SEE_OTHER);
        assert_eq!(scene.one::<i64>("select count(*) from chart.note").await, 0);

        let signature = format!("{}/signature", scene.note(scene.first));
        let answer = scene.ada().post(&signature, &[("version", "0")]).await;

        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.page.contains("Write something"), "{}", answer.page);
    });
}
