-- Publications by the tag of their crisis; a partial index, so that all others cost nothing. Marten is told to leave it alone.
create index if not exists publications_of_crises on mt_doc_publicationview using gin ((data #> '{now,content,tags}'))
    where data #>> '{now,content,tags}' like '%"crisis:%';
