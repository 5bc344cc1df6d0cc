-- The text of a version has its hash, everybody signed that text, and its prices stand in it.
select 'terms.agreement ' || a.agreement_id
  from terms.agreement a
  left join terms.signature s on s.practice_id = a.practice_id and s.agreement_id = a.agreement_id
 where a.text_hash <> sha256(convert_to(a.wording, 'UTF8'))
    or s.text_hash <> a.text_hash
 union
select 'terms.service ' || v.agreement_id || ' ' || v.service
  from terms.service v
  join terms.agreement a on a.practice_id = v.practice_id and a.agreement_id = v.agreement_id
 where position(v.clause ->> 'opening' in a.wording) = 0
    or position(btrim(rtrim(v.evidence, '. ')) in a.wording) = 0
 union
select 'terms.engagement ' || e.engagement_id
  from terms.engagement e
  left join terms.engagement_signature s on s.practice_id = e.practice_id and s.engagement_id = e.engagement_id
 where e.text_hash <> sha256(convert_to(e.wording, 'UTF8'))
    or s.text_hash <> e.text_hash
