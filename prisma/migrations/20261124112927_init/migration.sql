-- CreateTable
CREATE TABLE "Listing" (
    "slug" TEXT NOT NULL,
    "dpgId" TEXT,
    "applicationId" TEXT,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "website" TEXT,
    "repositories" TEXT[],
    "licences" TEXT[],
    "sdgs" INTEGER[],
    "types" TEXT[],
    "firstListedOn" DATE,
    "approvedOn" DATE,
    "validUntil" DATE,
    "removedOn" DATE,
    "removedBecause" TEXT,
    "opensByItself" BOOLEAN NOT NULL,
    "piiHandling" TEXT,
    "contentHandling" TEXT,
    "userInteraction" TEXT,
    "collectsNonPii" TEXT,
    "closedComponents" TEXT,
    "decidedHereAt" TIMESTAMP(3),
    "missingSince" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Listing_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "Contact" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "rank" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "country" TEXT,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" TEXT NOT NULL,
    "slug" TEXT,
    "workflow" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "agenda" JSONB NOT NULL,
    "attention" TEXT[],
    "nextDueAt" TIMESTAMP(3),
    "ended" BOOLEAN NOT NULL DEFAULT false,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failedAt" TEXT,

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Application" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "campaign" TEXT,
    "standard" TEXT NOT NULL,
    "review" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "waitingOn" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "open" BOOLEAN NOT NULL,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Recipient" (
    "id" SERIAL NOT NULL,
    "applicationId" TEXT NOT NULL,
    "rank" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "country" TEXT,
    "linkVersion" INTEGER NOT NULL DEFAULT 1,
    "revokedAt" TIMESTAMP(3),
    "refusedAt" TIMESTAMP(3),

    CONSTRAINT "Recipient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "applicationId" TEXT,
    "round" INTEGER,
    "kind" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "told" BOOLEAN NOT NULL DEFAULT false,
    "aside" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outcome" (
    "submissionId" INTEGER NOT NULL,
    "result" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Outcome_pkey" PRIMARY KEY ("submissionId")
);

-- CreateTable
CREATE TABLE "AnswerSet" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "applicationId" TEXT,
    "version" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "standard" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "forReviewers" JSONB NOT NULL,
    "confirmed" TEXT[],
    "publishedAt" TIMESTAMP(3),
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AnswerSet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verdict" (
    "id" SERIAL NOT NULL,
    "applicationId" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "answersVersion" INTEGER NOT NULL,
    "sections" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Verdict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" SERIAL NOT NULL,
    "applicationId" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "result" TEXT NOT NULL,
    "reasons" JSONB NOT NULL,
    "validUntil" DATE,
    "answersVersion" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Draft" (
    "applicationId" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "form" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "recipientId" INTEGER,
    "turn" INTEGER NOT NULL,
    "savedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("applicationId","field")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "recipientId" INTEGER NOT NULL,
    "form" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Email" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "caseId" TEXT,
    "applicationId" TEXT,
    "recipientId" INTEGER,
    "kind" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "turn" INTEGER,
    "facts" JSONB NOT NULL,
    "deadline" DATE,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "stateAt" TIMESTAMP(3) NOT NULL,
    "notBefore" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "token" TEXT,
    "subject" TEXT,
    "text" TEXT,
    "html" TEXT,

    CONSTRAINT "Email_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "id" SERIAL NOT NULL,
    "caseId" TEXT NOT NULL,
    "applicationId" TEXT,
    "at" TIMESTAMP(3) NOT NULL,
    "what" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "actor" TEXT,
    "detail" JSONB NOT NULL,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Campaign" (
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "startedBy" TEXT NOT NULL,
    "closedAt" TIMESTAMP(3),
    "perDay" INTEGER NOT NULL,
    "scope" JSONB NOT NULL,

    CONSTRAINT "Campaign_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "CampaignMember" (
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" TEXT,
    "wave" INTEGER,
    "handPicked" BOOLEAN NOT NULL,
    "excluded" TEXT,

    CONSTRAINT "CampaignMember_pkey" PRIMARY KEY ("name","slug")
);

-- CreateTable
CREATE TABLE "ClockSegment" (
    "id" SERIAL NOT NULL,
    "realAt" TIMESTAMP(3) NOT NULL,
    "caseAt" TIMESTAMP(3) NOT NULL,
    "dayMs" INTEGER NOT NULL,

    CONSTRAINT "ClockSegment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "Listing_dpgId_key" ON "Listing"("dpgId");

-- CreateIndex
CREATE INDEX "Listing_name_idx" ON "Listing"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Contact_slug_address_key" ON "Contact"("slug", "address");

-- CreateIndex
CREATE INDEX "Case_slug_idx" ON "Case"("slug");

-- CreateIndex
CREATE INDEX "Application_caseId_idx" ON "Application"("caseId");

-- CreateIndex
CREATE INDEX "Application_campaign_idx" ON "Application"("campaign");

-- CreateIndex
CREATE UNIQUE INDEX "Application_slug_cause_key" ON "Application"("slug", "cause");

-- CreateIndex
CREATE INDEX "Recipient_applicationId_idx" ON "Recipient"("applicationId");

-- CreateIndex
CREATE UNIQUE INDEX "Submission_key_key" ON "Submission"("key");

-- CreateIndex
CREATE INDEX "Submission_caseId_id_idx" ON "Submission"("caseId", "id");

-- CreateIndex
CREATE INDEX "Submission_applicationId_idx" ON "Submission"("applicationId");

-- CreateIndex
CREATE INDEX "AnswerSet_slug_idx" ON "AnswerSet"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "AnswerSet_applicationId_version_key" ON "AnswerSet"("applicationId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Verdict_applicationId_round_level_key" ON "Verdict"("applicationId", "round", "level");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_applicationId_round_key" ON "Decision"("applicationId", "round");

-- CreateIndex
CREATE UNIQUE INDEX "Email_key_key" ON "Email"("key");

-- CreateIndex
CREATE INDEX "Email_state_dueAt_idx" ON "Email"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Email_applicationId_idx" ON "Email"("applicationId");

-- CreateIndex
CREATE INDEX "LedgerEntry_caseId_id_idx" ON "LedgerEntry"("caseId", "id");

-- CreateIndex
CREATE INDEX "LedgerEntry_applicationId_idx" ON "LedgerEntry"("applicationId");

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_slug_fkey" FOREIGN KEY ("slug") REFERENCES "Listing"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Application" ADD CONSTRAINT "Application_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Recipient" ADD CONSTRAINT "Recipient_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Outcome" ADD CONSTRAINT "Outcome_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerSet" ADD CONSTRAINT "AnswerSet_slug_fkey" FOREIGN KEY ("slug") REFERENCES "Listing"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerSet" ADD CONSTRAINT "AnswerSet_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Verdict" ADD CONSTRAINT "Verdict_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_recipientId_fkey" FOREIGN KEY ("recipientId") REFERENCES "Recipient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Email" ADD CONSTRAINT "Email_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CampaignMember" ADD CONSTRAINT "CampaignMember_name_fkey" FOREIGN KEY ("name") REFERENCES "Campaign"("name") ON DELETE RESTRICT ON UPDATE CASCADE;
