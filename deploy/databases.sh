#!/bin/sh
# PostgreSQL's image runs this once, when its volume is new: a database and an owner for us, an owner for Temporal's.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" \
  -v perennial="$OWNER_DATABASE_PASSWORD" -v temporal="$TEMPORAL_DATABASE_PASSWORD" <<'SQL'
create role perennial login createrole password :'perennial';
create database perennial owner perennial;
create role temporal login createdb password :'temporal';
SQL
