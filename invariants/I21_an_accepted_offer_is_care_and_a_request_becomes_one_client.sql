-- Nobody becomes a client by an offer without care by whom it was made to; and no request, of
-- whatever holder, becomes two clients.
select o.offer_id::text
  from offers.offer o
 where o.state = 'accepted'
   and not exists (
       select from offers.treating t
        where t.practice_id = o.practice_id
          and t.client_id = o.client_id
          and t.clinician_id = o.clinician_id)
 union all
select o.lead_id::text
  from offers.offer o
 where o.state = 'accepted'
 group by o.holder_id, o.lead_id
having count(*) > 1
