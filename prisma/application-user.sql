-- The database user of worker, pages and commands: it owns nothing, and may only read and add lines of the
-- ledger and of the changes of staff's rights.
-- Run this as the owner of the tables, after the migrations; again does no harm. Then give it a password:
-- alter role perennial_app password '...'.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'perennial_app') THEN
    CREATE ROLE perennial_app LOGIN;
  END IF;
END
$$;

GRANT USAGE ON SCHEMA public TO perennial_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO perennial_app;
GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO perennial_app;
-- What later migrations bring.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO perennial_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, USAGE ON SEQUENCES TO perennial_app;

REVOKE UPDATE, DELETE, TRUNCATE ON "LedgerEntry" FROM perennial_app;
REVOKE UPDATE, DELETE, TRUNCATE ON "StaffChange" FROM perennial_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "_prisma_migrations" FROM perennial_app;
