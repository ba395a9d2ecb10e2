-- AlterTable
ALTER TABLE "Submission" ADD COLUMN     "taken" BOOLEAN NOT NULL DEFAULT false;

-- Whoever writes the outcome, a worker of the version before too: the row is taken in the same transaction.
CREATE FUNCTION submission_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Submission" SET taken = true WHERE id = NEW."submissionId";
  RETURN NULL;
END
$$;

CREATE TRIGGER submission_taken AFTER INSERT ON "Outcome" FOR EACH ROW EXECUTE FUNCTION submission_taken();

UPDATE "Submission" SET taken = true FROM "Outcome" WHERE "Outcome"."submissionId" = "Submission".id;

-- CreateIndex
CREATE INDEX "Submission_taken_caseId_idx" ON "Submission"("taken", "caseId");
