-- CreateTable
CREATE TABLE "FormerRecord" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "slug" TEXT,
    "name" TEXT NOT NULL,
    "stage" TEXT,
    "on" DATE,
    "reason" TEXT,
    "dpgId" TEXT,
    "parent" TEXT,
    "details" JSONB NOT NULL,
    "answers" JSONB NOT NULL,
    "keys" TEXT[],
    "hash" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "FormerRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UnknownFields" (
    "id" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "UnknownFields_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "FormerRecord_slug_idx" ON "FormerRecord"("slug");

-- CreateIndex
CREATE INDEX "FormerRecord_source_idx" ON "FormerRecord"("source");

-- CreateIndex
CREATE INDEX "FormerRecord_keys_idx" ON "FormerRecord" USING GIN ("keys");
