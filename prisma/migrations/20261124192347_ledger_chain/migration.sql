-- AlterTable
ALTER TABLE "LedgerEntry" ADD COLUMN     "after" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "before" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "commitment" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "hash" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "runId" TEXT,
ADD COLUMN     "salt" TEXT,
ADD COLUMN     "seq" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "why" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "workflowId" TEXT;

-- The actor, hidden by a salt: whoever erases both keeps the chain whole. prisma/check-ledger.ts computes the same.
CREATE FUNCTION ledger_commitment(salt text, actor text) RETURNS text LANGUAGE sql AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(salt, actor)::text, 'UTF8')), 'hex')
$$;

-- A line after the line before it. Its actor is in it by the commitment alone.
CREATE FUNCTION ledger_hash(line "LedgerEntry", previous text) RETURNS text LANGUAGE sql AS $$
  SELECT encode(sha256(convert_to(previous || line.commitment || jsonb_build_array(
    line.id, line."caseId", line.seq, line."applicationId", line.at, line.what, line.why, line.role, line.detail,
    line.before, line.after, line."workflowId", line."runId"
  )::text, 'UTF8')), 'hex')
$$;

-- The lines that are there become chains, in the order in which they were written.
DO $$
DECLARE
  line "LedgerEntry";
  of_case text;
  previous text;
  place integer;
BEGIN
  FOR line IN SELECT * FROM "LedgerEntry" ORDER BY "caseId", id LOOP
    IF line."caseId" IS DISTINCT FROM of_case THEN
      of_case := line."caseId";
      previous := '';
      place := 0;
    END IF;
    place := place + 1;
    line.seq := place;
    line.salt := gen_random_uuid()::text;
    line.commitment := ledger_commitment(line.salt, line.actor);
    line.hash := ledger_hash(line, previous);
    previous := line.hash;
    UPDATE "LedgerEntry"
    SET seq = line.seq, salt = line.salt, commitment = line.commitment, hash = line.hash
    WHERE id = line.id;
  END LOOP;
END
$$;

-- CreateIndex
CREATE UNIQUE INDEX "LedgerEntry_caseId_seq_key" ON "LedgerEntry"("caseId", "seq");

-- DropIndex
DROP INDEX "LedgerEntry_caseId_id_idx";

-- The lock of the case, which a step holds already, puts the lines of a case one after the other.
CREATE FUNCTION ledger_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  PERFORM 1 FROM "Case" WHERE id = NEW."caseId" FOR UPDATE;
  SELECT seq, hash INTO last FROM "LedgerEntry" WHERE "caseId" = NEW."caseId" ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.salt := gen_random_uuid()::text;
  NEW.commitment := ledger_commitment(NEW.salt, NEW.actor);
  NEW.hash := ledger_hash(NEW, coalesce(last.hash, ''));
  RETURN NEW;
END
$$;

CREATE TRIGGER ledger_append BEFORE INSERT ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION ledger_append();

-- Nothing is changed or deleted. An actor may be erased, once a line of the same case says so.
CREATE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    OLD.actor := NULL;
    OLD.salt := NULL;
    IF NEW IS NOT DISTINCT FROM OLD AND EXISTS (
      SELECT 1 FROM "LedgerEntry"
      WHERE "caseId" = OLD."caseId" AND what = 'actor_erased' AND detail ->> 'seq' = OLD.seq::text
    ) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The ledger is append-only: no line is changed or deleted.' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER ledger_keep BEFORE UPDATE OR DELETE ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION ledger_keep();
CREATE TRIGGER ledger_keep_all BEFORE TRUNCATE ON "LedgerEntry" FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep();
