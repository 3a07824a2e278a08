#include "audit/schema.h"

#include <array>

namespace khien::audit {
namespace {

// audit_entry.leaf is `integer primary key` because that is the row number of SQLite: one tree less to write.
// `at`, `type` and `subject` repeat what stands in `bytes`, for queries; `khien audit verify` compares them.
constexpr std::array kMigrations{store::Migration{"audit", 1,
                                                  "create table audit_pending ("
                                                  " position bigint not null,"
                                                  " at bigint not null,"
                                                  " type text not null,"
                                                  " subject text not null,"
                                                  " bytes text not null,"
                                                  " tag text not null);\n"
                                                  "create table audit_entry ("
                                                  " leaf integer not null primary key,"
                                                  " at bigint not null,"
                                                  " type text not null,"
                                                  " subject text not null,"
                                                  " bytes text not null);\n"
                                                  "create index audit_entry_subject on audit_entry (subject);\n"
                                                  "create index audit_entry_erased on audit_entry (leaf)"
                                                  " where type = 'person.erased';\n"
                                                  "create table audit_tile ("
                                                  " level integer not null,"
                                                  " number bigint not null,"
                                                  " hashes text not null,"
                                                  " primary key (level, number));\n"
                                                  "create table audit_tree ("
                                                  " generation bigint not null primary key,"
                                                  " size bigint not null,"
                                                  " root text not null,"
                                                  " key_id text not null,"
                                                  " tag text not null);\n"
                                                  "create table audit_checkpoint ("
                                                  " hour bigint not null primary key,"
                                                  " generation bigint not null,"
                                                  " size bigint not null,"
                                                  " signed_at bigint not null,"
                                                  " note text not null);\n"
                                                  "create index audit_checkpoint_size on audit_checkpoint (size);\n"
                                                  "create table audit_person_key ("
                                                  " person_id text not null primary key,"
                                                  " key_id text not null,"
                                                  " wrapped text not null);\n"
                                                  "create table audit_opening ("
                                                  " entry text not null,"
                                                  " name text not null,"
                                                  " sealed text not null,"
                                                  " primary key (entry, name));\n"},
                                 store::Migration{"audit", 2,
                                                  "create table audit_handover ("
                                                  " number bigint not null primary key,"
                                                  " size bigint not null,"
                                                  " signed_at bigint not null,"
                                                  " note text not null);\n"}};

}  // namespace

std::span<const store::Migration> migrations() {
  return kMigrations;
}

}  // namespace khien::audit
