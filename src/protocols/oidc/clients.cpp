#include "protocols/oidc/clients.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "protocols/oidc/client_rules.h"
#include "protocols/oidc/store.h"

namespace khien::oidc {
namespace {

Failure unknown_client() {
  return Failure(Error::not_found({"Không có hệ thống kết nối này.", "There is no such client."}));
}

}  // namespace

std::string digest_of_secret(std::string_view secret) {
  return base64url(sha256(bytes_of(secret)));
}

Result<void> Clients::load() {
  const std::lock_guard lock(loading_);
  auto clients =
      TRY(store_.read([](store::Reader& reader) -> Result<std::vector<Client>> { return load_clients(reader); }));
  Table table;
  for (auto& client : clients) {
    const ClientId id = client.id;
    table.emplace(id, std::make_shared<const Client>(std::move(client)));
  }
  table_.publish(std::move(table));
  return {};
}

Result<void> Clients::apply(std::span<const audit::Change> changes) {
  const bool ours =
      std::ranges::any_of(changes, [](const audit::Change& change) { return change.type.starts_with("client."); });
  return ours ? load() : Result<void>{};
}

audit::Entry Clients::entry(const Client& client, const audit::Actor& by, std::string_view what) const {
  audit::Entry entry;
  entry.type = "client." + std::string(what);
  entry.at = clock_.now();
  entry.actor = by;
  entry.subject = "client/" + client.id.text();
  entry.facts = {{"name", client.name},
                 {"system", client.system.text()},
                 {"auth_method", std::string(name_of(client.auth_method))},
                 {"alg", std::string(name_of(client.alg))}};
  for (const auto& uri : client.redirect_uris) entry.facts.push_back({"redirect_uri", uri});
  for (const auto& uri : client.post_logout_redirect_uris) entry.facts.push_back({"post_logout_redirect_uri", uri});
  entry.result = what;
  return entry;
}

Result<AddedClient> Clients::add(const audit::Actor& by, const NewClient& wanted) {
  Client client;
  client.id = ClientId::make(random_);
  client.system = wanted.system;
  client.name = wanted.name;
  client.redirect_uris = wanted.redirect_uris;
  client.post_logout_redirect_uris = wanted.post_logout_redirect_uris;
  client.auth_method = wanted.auth_method;
  client.alg = wanted.alg;
  client.created_at = clock_.now();
  TRY(check_client(client));
  AddedClient added{client.id, {}};
  if (!client.is_public()) {
    std::array<unsigned char, 32> bytes{};
    random_.fill(bytes);
    added.secret = Secret{base64url(bytes)};
    sodium_memzero(bytes.data(), bytes.size());
    client.secret_digest = digest_of_secret(added.secret.reveal());
  }
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    insert_client(tx, client);
    recorder_.record(tx, entry(client, by, "added"));
    return {};
  }));
  TRY(load());
  return added;
}

std::vector<Client> Clients::list() const {
  std::vector<Client> clients;
  const auto table = table_.get();
  for (const auto& [id, client] : *table) clients.push_back(*client);
  std::ranges::sort(clients, {}, [](const Client& client) { return std::pair(client.name, client.id); });
  return clients;
}

std::shared_ptr<const Client> Clients::find(const ClientId& id) const {
  const auto table = table_.get();
  const auto found = table->find(id);
  return found == table->end() ? nullptr : found->second;
}

Result<std::shared_ptr<const Client>> Clients::must_find(const ClientId& id) const {
  auto client = find(id);
  if (!client) return unknown_client();
  return client;
}

Result<void> Clients::set_disabled(const audit::Actor& by, const ClientId& id, bool disabled) {
  const auto client = TRY(must_find(id));
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    if (!set_client_disabled(tx, id, disabled))
      return Failure(
          Error::conflict({"Hệ thống kết nối đã ở trạng thái này.", "The client is in that state already."}));
    recorder_.record(tx, entry(*client, by, disabled ? "disabled" : "enabled"));
    return {};
  }));
  return load();
}

Result<void> Clients::remove(const audit::Actor& by, const ClientId& id) {
  const auto client = TRY(must_find(id));
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    if (!delete_client(tx, id)) return unknown_client();
    recorder_.record(tx, entry(*client, by, "removed"));
    return {};
  }));
  return load();
}

}  // namespace khien::oidc
