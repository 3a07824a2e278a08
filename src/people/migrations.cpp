#include "people/migrations.h"

#include <array>

namespace khien::people {
namespace {

constexpr std::array kMigrations{
    store::Migration{"people", 1,
                     "create table unit_version ("
                     " unit text not null, revision bigint not null,"
                     " valid_from bigint not null, valid_to bigint,"
                     " code text not null, name text not null, parent text, tree text not null, level text not null,"
                     " recorded_at bigint not null, superseded_at bigint,"
                     " primary key (unit, revision));\n"
                     "create unique index unit_version_known on unit_version (unit, valid_from)"
                     " where superseded_at is null;\n"
                     "create table unit_succession ("
                     " old text not null, successor text not null, at bigint not null, how text not null,"
                     " recorded_at bigint not null, superseded_at bigint,"
                     " primary key (old, successor, at, recorded_at));\n"
                     "create table person ("
                     " id text not null primary key, name text not null, work_mail text not null,"
                     " staff_code text not null, category text not null,"
                     " identity_digest text, likeness_digest text, digest_key text not null,"
                     " birth_date_sealed text not null, identity_number_sealed text not null,"
                     " phone_sealed text not null,"
                     " recorded_at bigint not null, changed_at bigint not null);\n"
                     "create unique index person_identity on person (identity_digest);\n"
                     "create unique index person_staff_code on person (staff_code) where staff_code <> '';\n"
                     "create table posting ("
                     " id text not null, revision bigint not null, person text not null references person (id),"
                     " unit text not null, position text not null, main bigint not null,"
                     " valid_from bigint not null, valid_to bigint,"
                     " recorded_at bigint not null, superseded_at bigint,"
                     " primary key (id, revision));\n"
                     "create unique index posting_known on posting (id) where superseded_at is null;\n"
                     "create index posting_person on posting (person);\n"
                     "create index posting_unit on posting (unit);\n"
                     "create table people_group ("
                     " id text not null primary key, code text not null unique, name text not null,"
                     " recorded_at bigint not null);\n"
                     "create table membership ("
                     " person text not null references person (id), group_id text not null,"
                     " revision bigint not null, valid_from bigint not null, valid_to bigint,"
                     " recorded_at bigint not null, superseded_at bigint,"
                     " primary key (person, group_id, revision));\n"
                     "create unique index membership_known on membership (person, group_id, valid_from)"
                     " where superseded_at is null;\n"
                     "create table people_generation (only_row bigint not null primary key, value bigint not null);\n"
                     "insert into people_generation (only_row, value) values (1, 0);\n"},
    store::Migration{"people", 2,
                     "create table role_grant ("
                     " id text not null, revision bigint not null, person text not null references person (id),"
                     " role text not null, unit text, system text,"
                     " valid_from bigint not null, valid_to bigint,"
                     " recorded_at bigint not null, superseded_at bigint,"
                     " primary key (id, revision));\n"
                     "create unique index role_grant_known on role_grant (id) where superseded_at is null;\n"
                     "create index role_grant_person on role_grant (person);\n"
                     "create table roles_founded (only_row bigint not null primary key, founded_at bigint not null);\n"
                     "create table request ("
                     " id text not null primary key, number bigint not null unique, act text not null,"
                     " subject text not null, parameters text not null, payload_sealed text not null,"
                     " facts text not null, summary_vi text not null,"
                     " summary_en text not null, affected bigint not null,"
                     " proposer text not null, proposer_user text not null, basis text not null,"
                     " proposed_at bigint not null, expires_at bigint not null, state text not null,"
                     " approver text, decided_at bigint, reason text not null, done_at bigint,"
                     " outcome text not null);\n"
                     "create index request_state on request (state);\n"}};

}  // namespace

std::span<const store::Migration> migrations() {
  return kMigrations;
}

}  // namespace khien::people
