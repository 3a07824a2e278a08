// What tests of sign-in share: the installation of accounts/testing.h with directives, logins and sessions on top,
// whose snapshots follow every commit, and a database that fails when it is told to.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "accounts/testing.h"
#include "credentials/migrations.h"
#include "directives/migrations.h"
#include "signin/recent_places.h"
#include "signin/service.h"

namespace khien::testing_support {

/// A database whose writes can be made to fail at their commit, or to let others act before they are answered.
class FailingStore final : public store::Store {
 public:
  explicit FailingStore(store::Store& inner) : inner_(inner) {}

  /// The writes after the next `good` fail, until `works` is called.
  void fail_after(int good) { good_ = good; }
  void works() { good_ = kAll; }
  /// What others do between the commit of the `nth` write from now on and its answer; once. Not thread-safe.
  void after_write(int nth, std::function<void()> act) {
    until_act_ = nth;
    act_ = std::move(act);
  }

  void observe_commits(store::CommitObserver* observer) override { inner_.observe_commits(observer); }
  Result<void> migrate(std::span<const store::Migration> migrations, Instant now) override {
    return inner_.migrate(migrations, now);
  }
  Result<void> check_schema(std::span<const store::Migration> migrations) override {
    return inner_.check_schema(migrations);
  }
  [[nodiscard]] std::string_view dialect() const override { return inner_.dialect(); }

 protected:
  Result<void> run_write(const std::function<Result<void>(store::Transaction&)>& closure) override {
    const bool fails = good_ != kAll && good_-- <= 0;
    auto written = inner_.write([&](store::Transaction& tx) -> Result<void> {
      TRY(closure(tx));
      if (fails) return Failure(Error::unavailable({"Ổ đĩa hỏng.", "The disk is broken."}, "told to fail"));
      return {};
    });
    if (until_act_ > 0 && --until_act_ == 0) std::exchange(act_, {})();
    return written;
  }
  Result<void> run_read(const std::function<Result<void>(store::Reader&)>& closure) override {
    return inner_.read(closure);
  }

 private:
  static constexpr int kAll = 1'000'000;
  store::Store& inner_;
  std::atomic<int> good_{kAll};
  int until_act_ = 0;
  std::function<void()> act_;
};

class SignInWorld : public AccountsWorld {
 public:
  static constexpr std::string_view kPassword = "Trang-sao.71kem";
  static constexpr std::string_view kFresh = "Mot-kieu.khac72";
  static constexpr std::string_view kIssued = "KHTB-mvrg-4729-nkbh";

  SignInWorld() : AccountsWorld(further_migrations()), follower_(*this) {
    build();
    holder = add_person("Nguyễn Văn An", office);
    login = add_login("an.nv", holder, {mail});
    set_password(login, kPassword);
    entries.clear();
  }
  ~SignInWorld() { store->observe_commits(nullptr); }

  /// Builds every service anew over the same database, as a restart does.
  void restart() {
    if (sessions) must(sessions->flush());
    build();
  }

  LoginId add_login(const std::string& user_name, const PersonId& person, const std::vector<SystemId>& systems,
                    accounts::AccountKind kind = accounts::AccountKind::Personal) {
    const auto id = must(credentials->create(by, {.user_name = user_name, .holder = person}));
    for (const SystemId& system : systems) {
      const auto account = must(accounts->open_account(by, {.system = system,
                                                            .kind = kind,
                                                            .user_name = user_name,
                                                            .holder = person,
                                                            .wanted = policy::LifecycleState::Active,
                                                            .created_at = day("2025-01-10")}));
      must(accounts->bind_login(by, account, id));
    }
    return id;
  }
  /// Of the holder's own choice, long enough ago to be changed again.
  void set_password(const LoginId& id, std::string_view password,
                    std::optional<Instant> changed_at = day("2025-05-20")) {
    set_password(
        id, password,
        {.state = policy::PasswordState::Own, .changed_at = changed_at, .rule_min_length = 8, .rule_classes = 15});
  }
  void set_password(const LoginId& id, std::string_view password, const policy::PasswordFacts& facts) {
    must(credentials->set_password(by, id, Secret(std::string(password)), facts));
  }
  void issue(const LoginId& id) {
    set_password(id, kIssued, {.state = policy::PasswordState::Issued, .changed_at = clock.now()});
  }
  void know_monitoring(const PersonId& person) {
    must(directives->confirm(by, person, {}, directives::Confirmation::Monitoring));
  }

  /// Adopts a directive with these controls, a clause each: `password.rotation, force: must, params: {max_age: P30D}`.
  DirectiveId adopt(const std::string& code, const std::vector<std::string>& controls,
                    const std::string& from = "2025-05-01") {
    std::string yaml = "code: " + code + "\nnumber: \"01/" + code +
                       "\"\ndate: \"2025-04-01\"\nissuer: \"UBND tỉnh Mẫu\"\nsubject: \"bảo mật\"\nadopted_by: TINH\n"
                       "from: \"" +
                       from + "\"\nscope: {units: [], systems: [], groups: [], accounts: []}\nclauses:\n";
    int number = 0;
    for (const auto& control : controls)
      yaml += "  - id: " + code + "-" + std::to_string(++number) +
              "\n    words: {vi: \"Lời của công văn.\", en: \"Words of the letter.\"}\n    controls:\n      - {kind: " +
              control + "}\n";
    return must(directives->add(by, must(directives::parse_directive(yaml, code)), Codes{*this}, code));
  }

  signin::Flow flow_for(std::string_view user_name) { return flows->begin(user_name, "/oauth2/authorize?a=1"); }
  signin::Progress give(std::string_view user_name, std::string_view password, const signin::From& from = kHere) {
    return must(try_give(user_name, password, from));
  }
  Result<signin::Progress> try_give(std::string_view user_name, std::string_view password,
                                    const signin::From& from = kHere) {
    return sign_in->check_password(flow_for(user_name), Secret(std::string(password)), from);
  }
  /// The cookie of a new session of the login of the world.
  std::string signed_in(std::string_view password = kPassword) {
    auto done = give("an.nv", password);
    if (!done.session_cookie) std::abort();
    return std::string(done.session_cookie->reveal());
  }
  static signin::StepAnswers answer_with(std::string_view fresh) {
    signin::StepAnswers answers;
    answers.fresh = Secret(std::string(fresh));
    answers.knows_of_monitoring = true;
    return answers;
  }
  [[nodiscard]] signin::Standing standing() const {
    const auto view = standings->view();
    return view->standing_of(*view->logins().find(login));
  }
  /// How many entries of a type were committed since the world was made.
  [[nodiscard]] std::size_t count(std::string_view type) const {
    return static_cast<std::size_t>(
        std::ranges::count(entries, type, [](const auto& entry) -> std::string_view { return entry.type; }));
  }

  inline static const signin::From kHere{"192.0.2.7"};

  std::unique_ptr<FailingStore> disk;
  std::unique_ptr<credentials::HashingPool> pool;
  std::unique_ptr<directives::Directives> directives;
  std::unique_ptr<credentials::Credentials> credentials;
  std::unique_ptr<signin::Standings> standings;
  std::unique_ptr<signin::Sessions> sessions;
  std::unique_ptr<signin::Flows> flows;
  std::unique_ptr<signin::SignIn> sign_in;
  policy::DecisionSettings decision;
  credentials::Argon2Parameters cost{.memory_kib = 8, .passes = 1};  ///< another holds after `restart`
  std::vector<audit::Entry> entries;  ///< committed, in order; written by the writer's thread before it answers
  PersonId holder;
  LoginId login;

 private:
  class Follower final : public store::CommitObserver {
   public:
    explicit Follower(SignInWorld& world) : world_(world) {}
    void before_commit(store::Transaction&) override {}
    void after_commit() noexcept override { world_.committed(); }
    void after_rollback() noexcept override {}

   private:
    SignInWorld& world_;
  };

  struct Codes final : directives::Names {
    explicit Codes(const SignInWorld& of) : world(of) {}
    [[nodiscard]] std::optional<UnitId> unit(std::string_view code) const override {
      return code == "TINH" ? std::optional(world.province) : std::nullopt;
    }
    [[nodiscard]] std::optional<SystemId> system(std::string_view code) const override {
      return code == "mail" ? std::optional(world.mail) : std::nullopt;
    }
    [[nodiscard]] std::optional<GroupId> group(std::string_view) const override { return std::nullopt; }
    [[nodiscard]] bool has(const UnitId& id) const override { return id == world.province; }
    [[nodiscard]] bool has(const SystemId& id) const override { return id == world.mail; }
    [[nodiscard]] bool has(const GroupId&) const override { return false; }
    const SignInWorld& world;
  };

  static std::vector<store::Migration> further_migrations() {
    std::vector<store::Migration> all;
    for (const auto part : {directives::migrations(), credentials::migrations(), signin::session_migrations(),
                            signin::place_migrations()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }

  void committed() {
    log.after_commit();
    const auto fresh = log.take(*store);
    entries.insert(entries.end(), fresh.begin(), fresh.end());
  }

  void build() {
    sign_in.reset();
    pool.reset();
    disk = std::make_unique<FailingStore>(*store);
    pool = std::make_unique<credentials::HashingPool>(
        credentials::HashingPoolOptions{.threads = 2, .queue = 256, .niceness = 0}, clock);
    directives = std::make_unique<directives::Directives>(*disk, log, *people, clock, random);
    credentials = std::make_unique<credentials::Credentials>(*disk, log, *keys, *pool, cost, clock, random);
    store->observe_commits(nullptr);
    log.followers = {people.get(), accounts.get(), directives.get(), credentials.get()};
    must(directives->load());
    must(credentials->load());
    store->observe_commits(&follower_);
    standings = std::make_unique<signin::Standings>(*people, *accounts, *directives, *credentials, decision, clock);
    sessions = std::make_unique<signin::Sessions>(*disk, log, *keys, clock, random);
    flows = std::make_unique<signin::Flows>(*keys, clock, random);
    must(sessions->load());
    sign_in = std::make_unique<signin::SignIn>(signin::SignInParts{*disk, log, *keys, *people, *accounts, *directives,
                                                                   *credentials, *standings, *sessions, clock, random},
                                               signin::SignInSettings{});
    must(sign_in->load());
  }

  Follower follower_;
};

}  // namespace khien::testing_support
