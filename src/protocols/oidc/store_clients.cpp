#include <stdexcept>

#include "protocols/oidc/store.h"

namespace khien::oidc {
namespace {

constexpr store::Sql kLoad{
    "select id, system, name, redirect_uris, post_logout_redirect_uris, auth_method, alg, secret_digest, created_at,"
    " disabled from oidc_client order by name, id",
    "ttttttttii"};
constexpr store::Sql kInsert{
    "insert into oidc_client (id, system, name, redirect_uris, post_logout_redirect_uris, auth_method, alg,"
    " secret_digest, created_at, disabled) values (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10)"};
constexpr store::Sql kDisable{"update oidc_client set disabled = :1 where id = :2 and disabled <> :3"};
constexpr store::Sql kDelete{"delete from oidc_client where id = :1"};
constexpr store::Sql kDeleteCodes{"delete from oidc_code where client = :1"};

/// URIs hold no white space, so lines separate them.
std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    lines.emplace_back(text.substr(0, end));
  return lines;
}

Client read_client(const store::Row& row) {
  const auto method = parse_auth_method(row.text(5));
  const auto alg = parse_signing_alg(row.text(6));
  if (!method || !alg) throw std::runtime_error("a stored client cannot be read");
  Client client;
  client.id = row.id<ClientId>(0);
  client.system = row.id<SystemId>(1);
  client.name = row.string(2);
  client.redirect_uris = split_lines(row.text(3));
  client.post_logout_redirect_uris = split_lines(row.text(4));
  client.auth_method = *method;
  client.alg = *alg;
  client.secret_digest = row.string(7);
  client.created_at = row.instant(8);
  client.disabled = row.flag(9);
  return client;
}

}  // namespace

std::vector<Client> load_clients(store::Reader& reader) {
  std::vector<Client> clients;
  reader.each(kLoad, [&](const store::Row& row) { clients.push_back(read_client(row)); });
  return clients;
}

void insert_client(store::Transaction& tx, const Client& client) {
  tx.execute(kInsert, client.id, client.system, client.name, join_lines(client.redirect_uris),
             join_lines(client.post_logout_redirect_uris), name_of(client.auth_method), name_of(client.alg),
             client.secret_digest, client.created_at, client.disabled);
}

bool set_client_disabled(store::Transaction& tx, const ClientId& client, bool disabled) {
  return tx.execute(kDisable, disabled, client, disabled) == 1;
}

bool delete_client(store::Transaction& tx, const ClientId& client) {
  tx.execute(kDeleteCodes, client);
  return tx.execute(kDelete, client) == 1;
}

}  // namespace khien::oidc
