-- A signed note has text, its signer, and the very text that was signed.
select n.note_id::text
  from chart.note n
  left join chart.note_text t on t.practice_id = n.practice_id and t.note_id = n.note_id
 where n.state = 'signed'
   and (n.signed_by is distinct from n.author_id
        or n.signed_at is null
        or coalesce(t.letters, 0) = 0
        or sha256(t.sealed) is distinct from n.text_sha256)
