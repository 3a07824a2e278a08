#include "credentials/service.h"

#include <algorithm>
#include <array>

#include "credentials/issue.h"
#include "credentials/login_store.h"

namespace khien::credentials {
namespace {

using policy::LifecycleState;
using policy::PasswordFacts;
using policy::PasswordState;

constexpr std::array<std::string_view, 1> kKinds{"login"};

audit::Entry entry_of(const By& by, std::string type, Instant now, const Login& login) {
  audit::Entry entry;
  entry.type = std::move(type);
  entry.at = now;
  entry.actor = by.actor;
  entry.subject = "login/" + login.id.text();
  entry.facts = {{"holder", login.holder.text()}};
  if (!by.basis.empty()) entry.facts.push_back({"basis", by.basis});
  entry.result = "changed";
  return entry;
}

Error no_such_login() {
  return Error::not_found({"Không có tên đăng nhập này.", "There is no such login."});
}

std::string_view word_of(LifecycleState state) {
  switch (state) {
    case LifecycleState::Invited:
      return "invited";
    case LifecycleState::Active:
      return "active";
    case LifecycleState::Suspended:
      return "suspended";
    case LifecycleState::Closed:
      return "closed";
  }
  return {};
}

}  // namespace

Credentials::Credentials(store::Store& store, audit::Recorder& recorder, const store::Keyring& keys, HashingPool& pool,
                         const Argon2Parameters& parameters, const Clock& clock, Random& random)
    : Followed(store, kKinds),
      recorder_(recorder),
      keys_(keys),
      pool_(pool),
      parameters_(parameters),
      clock_(clock),
      random_(random) {}

Result<Logins> Credentials::read_all(store::Reader& reader) {
  return load_logins(reader);
}

Result<void> Credentials::read_anew(store::Reader& reader, Logins& logins, const audit::Subject& subject) {
  if (auto login = load_login(reader, TRY(subject.as<LoginId>()))) logins.put(std::move(*login));
  return {};
}

Result<LoginId> Credentials::create(const By& by, const NewLogin& wanted) {
  const std::vector<LoginId> ids = TRY(create_all(by, std::span(&wanted, 1)));
  return ids.front();
}

Result<std::vector<LoginId>> Credentials::create_all(const By& by, std::span<const NewLogin> wanted) {
  const Instant now = clock_.now();
  std::vector<NewLogin> numbered(wanted.begin(), wanted.end());
  std::vector<LoginId> ids;
  ids.reserve(numbered.size());
  for (NewLogin& one : numbered) {
    if (one.id.is_nil()) one.id = LoginId::make(random_);
    ids.push_back(one.id);
  }
  TRY(store_.write([&](store::Transaction& tx) { return create_in(tx, by, numbered, now); }));
  return ids;
}

Result<void> Credentials::create_in(store::Transaction& tx, const By& by, std::span<const NewLogin> wanted,
                                    Instant now) {
  for (const NewLogin& one : wanted) {
    if (one.id.is_nil()) return Failure(Error::internal("a login without an id"));
    const Login login{one.id,    TRY(clean_user_name(one.user_name)), one.holder,
                      one.state, one.created_at.value_or(now),        one.password};
    if (login.holder.is_nil())
      return Failure(
          Error::invalid(Text::format("Tên đăng nhập «{0}» phải có người chịu trách nhiệm.",
                                      "The login \"{0}\" needs a person who answers for it.", login.user_name)));
    if (find_login(tx, login.user_name))
      return Failure(Error::conflict(
          Text::format("Tên đăng nhập «{0}» đã có người dùng.", "The user name \"{0}\" is taken.", login.user_name)));
    insert_login(tx, login, one.verifier);
    recorder_.record(tx, entry_of(by, "login.created", now, login));
  }
  return {};
}

Result<void> Credentials::set_state(const By& by, const LoginId& id, LifecycleState state) {
  const Instant now = clock_.now();
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    const auto login = load_login(tx, id);
    if (!login) return Failure(no_such_login());
    if (login->state == state) return {};
    if (login->state == LifecycleState::Closed)
      return Failure(Error::refused({"Tên đăng nhập đã đóng; không mở lại được.", "The login is closed for good."}));
    update_login_state(tx, id, state);
    auto entry = entry_of(by, "login.state_changed", now, *login);
    entry.facts.push_back({"from", std::string(word_of(login->state))});
    entry.facts.push_back({"to", std::string(word_of(state))});
    recorder_.record(tx, entry);
    return {};
  });
}

Result<Credentials::ErasedPasswords> Credentials::erase_passwords_in(store::Transaction& tx, const By& by,
                                                                     const PersonId& holder, Instant now) {
  ErasedPasswords out;
  for (const Login& login : load_logins_of(tx, holder)) {
    if (login.state != LifecycleState::Closed)
      return Failure(Error::refused({"Chỉ xóa mật khẩu của người mà mọi tên đăng nhập đều đã đóng.",
                                     "Passwords are erased only when all logins of their holder are closed."}));
    auto entry = entry_of(by, "password.erased", now, login);
    entry.result = "erased";
    recorder_.record(tx, entry);
    out.logins.push_back(login.id);
  }
  out.number = erase_passwords(tx, holder);
  return out;
}

Result<void> Credentials::suspect(const By& by, const LoginId& id, Instant since, const std::string& reason,
                                  const std::vector<std::string>& clause_ids) {
  const Instant now = clock_.now();
  // A mark of the future would do nothing until then, and stand in the way of one that does.
  if (since > now)
    return Failure(Error::invalid({"Mật khẩu bị nghi lộ từ một lúc đã qua hoặc từ bây giờ, không phải từ tương lai.",
                                   "A password is suspected since a time in the past, or now; not in the future."}));
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    const auto login = load_login(tx, id);
    if (!login) return Failure(no_such_login());
    update_suspicion(tx, id, since);
    auto entry = entry_of(by, "password.suspected", now, *login);
    entry.facts.push_back({"since", iso(since)});
    entry.facts.push_back({"reason", reason});
    entry.clauses = clause_ids;
    recorder_.record(tx, entry);
    return {};
  });
}

Result<Bytes> Credentials::salt_of(const PersonId& holder) {
  Bytes fresh(kHolderSaltBytes);
  random_.fill(fresh);
  auto known = TRY(
      store_.read([&](store::Reader& reader) -> Result<std::optional<Bytes>> { return load_salt(reader, holder); }));
  if (known) return std::move(*known);
  return store_.write([&](store::Transaction& tx) -> Result<Bytes> {
    if (auto there = load_salt(tx, holder)) return std::move(*there);
    insert_salt(tx, holder, fresh);
    return fresh;
  });
}

Result<PasswordHash> Credentials::hash_for(const Login& login, const Secret& password, std::uint64_t source,
                                           const Argon2Parameters& parameters) {
  Bytes salt = TRY(salt_of(login.holder));
  Secret prepared = TRY(prepare(password));
  return pool_.run(source, std::move(prepared), std::move(salt), parameters);
}

bool Credentials::is_password_of(const PasswordHash& hash, const LoginId& login, const Verifier& verifier) const {
  return matches(hash, login, verifier, [this](std::string_view id) -> const Secret* {
    const store::Key* key = keys_.find(id);
    return key == nullptr || key->purpose != store::Purpose::Pepper ? nullptr : &key->bytes;
  });
}

std::string Credentials::verifier_text(const Login& login, const PasswordHash& hash) const {
  const store::Key& pepper = keys_.current(store::Purpose::Pepper);
  return make_verifier(hash, login.id, pepper.id, pepper.bytes).text();
}

Result<Secret> Credentials::issue(const By& by, const LoginId& id, const Composition& composition) {
  Secret password = TRY(issue_password(composition, random_));
  TRY(set_password(by, id, password, {.state = PasswordState::Issued, .changed_at = clock_.now()}));
  return password;
}

Result<void> Credentials::set_password(const By& by, const LoginId& id, const Secret& password,
                                       const PasswordFacts& facts) {
  const auto logins = snapshot();
  const Login* login = logins->find(id);
  if (login == nullptr) return Failure(no_such_login());
  const std::string verifier = verifier_text(*login, TRY(hash_for(*login, password, 0, parameters_)));
  const Instant now = clock_.now();
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    replace_verifier(tx, id, verifier, facts, now);
    raise_epoch(tx, id);
    auto entry = entry_of(by, "password.issued", now, *login);
    entry.result = "issued";
    recorder_.record(tx, entry);
    return {};
  });
}

Result<void> Credentials::renew_if_needed(const Login& login, const Verifier& verifier, const PasswordHash& right,
                                          const Secret& password, std::uint64_t source) {
  if (!needs_rehash(verifier, keys_.current(store::Purpose::Pepper).id, parameters_)) return {};
  const std::string fresh = right.parameters == parameters_
                                ? verifier_text(login, right)
                                : verifier_text(login, TRY(hash_for(login, password, source, parameters_)));
  const std::string old = verifier.text();
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    if (load_verifier(tx, login.id) == old) renew_verifier(tx, login.id, fresh);
    return {};
  });
}

Digest Credentials::drawn_by(const std::string& name, std::string_view purpose) const {
  return keyed_digest(keys_.current(store::Purpose::Session).bytes, {bytes_of(purpose), bytes_of(name)});
}

Result<bool> Credentials::check(const Login* login, const std::string& name, const Secret& password,
                                std::uint64_t source) {
  struct Stored {
    std::optional<std::string> verifier;
    std::optional<Bytes> salt;
    std::optional<std::string> drawn;
  };
  // The same reads for a name that is nobody's, so that neither the answer nor its time tells.
  const LoginId id = login == nullptr ? LoginId{} : login->id;
  const PersonId holder = login == nullptr ? PersonId{} : login->holder;
  const Digest drawn = drawn_by(name, "no password");
  LoginId near;
  std::copy_n(drawn.begin(), near.bytes.size(), near.bytes.begin());
  Stored stored = TRY(store_.read([&](store::Reader& reader) -> Result<Stored> {
    return Stored{load_verifier(reader, id), load_salt(reader, holder), load_some_verifier(reader, near)};
  }));
  const auto parsed = [](const std::optional<std::string>& text) {
    return text ? Verifier::parse(*text) : std::nullopt;
  };
  const auto verifier = parsed(stored.verifier);
  // Who has no password costs as much as a login that stands in for the name, always the same one. So after a change of
  // the configured cost old and new have the same shares among unknown names as among known ones, and a name turns from
  // old to new as a known one does: when somebody signs in.
  const auto stand_in = parsed(stored.drawn);
  const Argon2Parameters cost = verifier ? verifier->parameters : stand_in ? stand_in->parameters : parameters_;
  if (!stored.salt) {
    const Digest salt = drawn_by(name, "no salt");
    stored.salt = Bytes(salt.begin(), salt.begin() + kHolderSaltBytes);
  }
  auto prepared = prepare(password);
  // What cannot be a password costs the same as one that is wrong.
  const Secret candidate = prepared ? std::move(*prepared) : Secret(std::string("?"));
  const PasswordHash made = TRY(pool_.run(source, candidate, *stored.salt, cost));
  if (!verifier || login == nullptr || !prepared || !is_password_of(made, id, *verifier)) return false;
  TRY(renew_if_needed(*login, *verifier, made, candidate, source));
  return true;
}

}  // namespace khien::credentials
