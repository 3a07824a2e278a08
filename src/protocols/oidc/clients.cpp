#include "protocols/oidc/clients.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "protocols/oidc/client_rules.h"
#include "protocols/oidc/store.h"

namespace khien::oidc {
namespace {

constexpr std::array<std::string_view, 1> kKinds{"client"};

/// Facts have names of their own: `redirect_uri`, then `redirect_uri.2` and so on.
void add_facts(std::vector<audit::Fact>& facts, const std::string& name, const std::vector<std::string>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    facts.push_back({i == 0 ? name : name + "." + std::to_string(i + 1), values[i]});
}

Failure unknown_client() {
  return Failure(Error::not_found({"Không có hệ thống kết nối này.", "There is no such client."}));
}

}  // namespace

std::string digest_of_secret(std::string_view secret) {
  return base64url(sha256(bytes_of(secret)));
}

Clients::Clients(store::Store& store, audit::Recorder& recorder, const Clock& clock, Random& random)
    : Followed(store, kKinds), recorder_(recorder), clock_(clock), random_(random) {}

Result<ClientTable> Clients::read_all(store::Reader& reader) {
  ClientTable table;
  for (auto& client : load_clients(reader)) {
    const ClientId id = client.id;
    table.emplace(id, std::make_shared<const Client>(std::move(client)));
  }
  return table;
}

/// There are few of them.
Result<void> Clients::read_anew(store::Reader& reader, ClientTable& table, const audit::Subject&) {
  table = TRY(read_all(reader));
  return {};
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
  add_facts(entry.facts, "redirect_uri", client.redirect_uris);
  add_facts(entry.facts, "post_logout_redirect_uri", client.post_logout_redirect_uris);
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
  return added;
}

std::vector<Client> Clients::list() const {
  std::vector<Client> clients;
  const auto table = snapshot();
  for (const auto& [id, client] : *table) clients.push_back(*client);
  std::ranges::sort(clients, {}, [](const Client& client) { return std::pair(client.name, client.id); });
  return clients;
}

std::shared_ptr<const Client> Clients::find(const ClientId& id) const {
  const auto table = snapshot();
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
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    if (!set_client_disabled(tx, id, disabled))
      return Failure(
          Error::conflict({"Hệ thống kết nối đã ở trạng thái này.", "The client is in that state already."}));
    recorder_.record(tx, entry(*client, by, disabled ? "disabled" : "enabled"));
    return {};
  });
}

Result<void> Clients::remove(const audit::Actor& by, const ClientId& id) {
  const auto client = TRY(must_find(id));
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    if (!delete_client(tx, id)) return unknown_client();
    recorder_.record(tx, entry(*client, by, "removed"));
    return {};
  });
}

}  // namespace khien::oidc
