#include "protocols/oidc/clients.h"
#include "protocols/oidc/store.h"

namespace khien::oidc {
namespace {

constexpr store::Sql kInsert{
    "insert into oidc_code (digest, client, redirect_uri, login, session, scopes, nonce, code_challenge, auth_time,"
    " issued_at, expires_at) values (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11)"};
constexpr store::Sql kByDigest{
    "select digest, client, redirect_uri, login, session, scopes, nonce, code_challenge, auth_time, issued_at,"
    " expires_at, used_at, revoked_at from oidc_code where digest = :1",
    "ttttttttiiiii"};
constexpr store::Sql kByToken{
    "select digest, client, redirect_uri, login, session, scopes, nonce, code_challenge, auth_time, issued_at,"
    " expires_at, used_at, revoked_at from oidc_code where jti = :1",
    "ttttttttiiiii"};
constexpr store::Sql kUse{"update oidc_code set used_at = :1, jti = :2 where digest = :3 and used_at is null"};
constexpr store::Sql kRevoke{"update oidc_code set revoked_at = :1 where digest = :2 and revoked_at is null"};
constexpr store::Sql kEraseAll{"delete from oidc_code"};
constexpr store::Sql kErase{"delete from oidc_code where login = :1"};
constexpr store::Sql kDeleteOld{"delete from oidc_code where expires_at < :1"};

Code read_code(const store::Row& row) {
  Code code;
  code.digest = row.string(0);
  code.client = row.id<ClientId>(1);
  code.redirect_uri = row.string(2);
  code.login = row.id<LoginId>(3);
  code.session = row.id<SessionId>(4);
  code.scopes = parse_scopes(row.text(5));
  code.nonce = row.string(6);
  code.code_challenge = row.string(7);
  code.auth_time = row.instant(8);
  code.issued_at = row.instant(9);
  code.expires_at = row.instant(10);
  code.used_at = row.maybe_instant(11);
  code.revoked_at = row.maybe_instant(12);
  return code;
}

}  // namespace

void insert_code(store::Transaction& tx, const Code& code) {
  tx.execute(kInsert, code.digest, code.client, code.redirect_uri, code.login, code.session, text_of(code.scopes),
             code.nonce, code.code_challenge, code.auth_time, code.issued_at, code.expires_at);
}

std::optional<Code> find_code(store::Reader& reader, std::string_view digest) {
  std::optional<Code> code;
  reader.first(kByDigest, [&](const store::Row& row) { code = read_code(row); }, digest);
  return code;
}

bool use_code(store::Transaction& tx, std::string_view digest, std::string_view jti, Instant now) {
  return tx.execute(kUse, now, jti, digest) == 1;
}

bool revoke_code(store::Transaction& tx, std::string_view digest, Instant now) {
  return tx.execute(kRevoke, now, digest) == 1;
}

std::optional<Code> find_code_of_token(store::Reader& reader, std::string_view jti) {
  std::optional<Code> code;
  reader.first(kByToken, [&](const store::Row& row) { code = read_code(row); }, jti);
  return code;
}

std::int64_t delete_codes_before(store::Transaction& tx, Instant expired_before) {
  return tx.execute(kDeleteOld, expired_before);
}

std::int64_t erase_all_codes(store::Transaction& tx) {
  return tx.execute(kEraseAll);
}

std::int64_t erase_codes(store::Transaction& tx, const LoginId& login) {
  return tx.execute(kErase, login);
}

}  // namespace khien::oidc
