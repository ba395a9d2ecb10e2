#!/bin/sh
# Makes Temporal's two databases, or brings their tables to the version of this image. May be run again at any time.
set -eu
for database in temporal temporal_visibility; do
  tool="temporal-sql-tool --plugin postgres12 --ep $POSTGRES_SEEDS -p 5432 -u $POSTGRES_USER --db $database"
  # Both fail where they have been done; what is really wrong the last one says.
  $tool create || true
  $tool setup-schema -v 0.0 || true
  $tool update-schema --schema-name "postgresql/v12/$(echo "$database" | sed 's/^temporal_//')"
done
