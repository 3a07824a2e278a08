#include "accounts/migrations.h"

#include <array>

namespace khien::accounts {
namespace {

constexpr std::array kMigrations{
    store::Migration{"accounts", 1,
                     "create table info_system ("
                     " id text not null primary key, code text not null unique, name text not null, owner text,"
                     " operator_name text not null, behind_gate bigint not null, login_is_ours bigint not null,"
                     " recorded_at bigint not null, changed_at bigint not null);\n"
                     "create table account ("
                     " id text not null primary key, system text not null references info_system (id),"
                     " kind text not null, user_name text not null, user_key text not null,"
                     " login text, holder text, unit text not null, wanted text not null,"
                     " observed text not null, observed_as_of bigint,"
                     " created_at bigint not null, closed_at bigint,"
                     " recorded_at bigint not null, changed_at bigint not null);\n"
                     // Behind the rule of the service: two nodes at once cannot break it.
                     "create unique index account_name on account (system, user_key) where closed_at is null;\n"
                     "create table account_user ("
                     " account text not null references account (id), place bigint not null, person text not null,"
                     " primary key (account, place));\n"
                     "create table system_hold ("
                     " system text not null references info_system (id), kind text not null, revision bigint not null,"
                     " hold text not null, as_of bigint, letter text not null,"
                     " recorded_at bigint not null, superseded_at bigint,"
                     " primary key (system, kind, revision));\n"
                     "create unique index system_hold_known on system_hold (system, kind)"
                     " where superseded_at is null;\n"
                     "create table policy_exception ("
                     " id text not null, revision bigint not null, subject text not null, owner text not null,"
                     " reason text not null, compensating_measure text not null,"
                     " valid_from bigint not null, valid_until bigint not null,"
                     " recorded_at bigint not null, superseded_at bigint,"
                     " primary key (id, revision));\n"
                     "create unique index policy_exception_known on policy_exception (id)"
                     " where superseded_at is null;\n"
                     "create table exception_clause ("
                     " exception_id text not null, place bigint not null,"
                     " directive text not null, clause text not null,"
                     " primary key (exception_id, place));\n"},
    store::Migration{"accounts", 2,
                     "create table account_hold ("
                     " account text not null references account (id), kind text not null, revision bigint not null,"
                     " hold text not null, as_of bigint, letter text not null,"
                     " recorded_at bigint not null, superseded_at bigint,"
                     " primary key (account, kind, revision));\n"
                     "create unique index account_hold_known on account_hold (account, kind)"
                     " where superseded_at is null;\n"}};

}  // namespace

std::span<const store::Migration> migrations() {
  return kMigrations;
}

}  // namespace khien::accounts
