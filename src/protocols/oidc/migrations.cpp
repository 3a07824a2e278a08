#include <array>

#include "protocols/oidc/migrations.h"

namespace khien::oidc {
namespace {

constexpr std::array kMigrations{store::Migration{
    "oidc", 1,
    "create table oidc_client ("
    " id text not null primary key, system text not null, name text not null, redirect_uris text not null,"
    " post_logout_redirect_uris text not null, auth_method text not null, alg text not null,"
    " secret_digest text not null, created_at bigint not null, disabled bigint not null);\n"
    "create table oidc_code ("
    " digest text not null primary key, client text not null, redirect_uri text not null, login text not null,"
    " session text not null, scopes text not null, nonce text not null, code_challenge text not null,"
    " auth_time bigint not null, issued_at bigint not null, expires_at bigint not null,"
    " jti text unique, used_at bigint, revoked_at bigint);\n"
    "create index oidc_code_expiry on oidc_code (expires_at);\n"
    "create table oidc_key ("
    " kid text not null primary key, alg text not null, wrapped_by text not null, sealed text not null,"
    " created_at bigint not null, retired_at bigint);\n"}};

}  // namespace

std::span<const store::Migration> migrations() {
  return kMigrations;
}

}  // namespace khien::oidc
