-- Releases that ran on this database: the first start of each judges `sin_procesar` entries again.
create table liberaciones (version text primary key, iniciada_at timestamptz not null);
alter table liberaciones enable row level security;
alter table liberaciones force row level security;
grant select, insert, update, delete on liberaciones to app_plataforma;
create policy plataforma on liberaciones to app_plataforma using (true) with check (true);
