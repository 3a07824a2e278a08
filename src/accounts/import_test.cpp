#include <gtest/gtest.h>

#include <algorithm>

#include "accounts/import_columns.h"
#include "accounts/testing.h"
#include "sheets/read.h"

namespace khien::accounts {
namespace {

using sheets::PlannedAct;
using sheets::Table;
using testing_support::day;
using testing_support::must;
using State = LifecycleState;

constexpr auto kHungsNumber = "048080000001";
constexpr auto kLansNumber = "048080000002";

class ImportAccounts : public testing::Test, public testing_support::AccountsWorld {
 protected:
  using Cells = std::vector<std::pair<std::string, std::string>>;

  void SetUp() override {
    hung = add_person("Nguyễn Văn Hùng", office, "CB001", {*parse_date("1980-01-05"), kHungsNumber, ""});
    lan = add_person("Trần Thị Lan", engineers, "CB002", {*parse_date("1985-02-03"), kLansNumber, ""});
    sync();
  }
  /// Rows begin at 7.
  static Table table(const std::vector<Cells>& rows) {
    std::vector<std::string> keys;
    for (const auto& column : account_columns()) keys.push_back(column.key);
    std::vector<std::vector<std::string>> texts;
    for (const auto& row : rows) {
      texts.emplace_back(keys.size());
      for (const auto& [key, text] : row)
        texts.back()[static_cast<std::size_t>(std::ranges::find(keys, key) - keys.begin())] = text;
    }
    return testing_support::text_table("tai-khoan.xlsx", keys, 7, texts);
  }
  AccountsImport import(const std::vector<Cells>& rows) { return import(table(rows)); }
  /// Planned, and stored if there is no problem.
  AccountsImport import(const Table& list) {
    auto planned = accounts->plan_import(list);
    if (planned.plan.can_apply()) must(stored(planned));
    entries = sync();
    return planned;
  }
  Result<void> stored(const AccountsImport& planned) {
    return store->write([&](store::Transaction& tx) { return accounts->import_in(tx, by, planned, clock.now()); });
  }
  /// The column, from 1, in which the tables of these tests hold a key.
  static std::size_t column_of(const std::string& key) {
    const auto columns = account_columns();
    return static_cast<std::size_t>(std::ranges::find(columns, key, &sheets::Column::key) - columns.begin()) + 1;
  }
  /// The English text of the only problem of the row; nothing may have changed.
  std::string problem_of(const Cells& row) {
    const auto count = accounts->snapshot()->account_count();
    const auto result = import({row});
    EXPECT_TRUE(entries.empty());
    EXPECT_EQ(accounts->snapshot()->account_count(), count);
    EXPECT_EQ(result.plan.problems.size(), 1U);
    if (result.plan.problems.empty()) return "(none)";
    EXPECT_EQ(result.plan.problems[0].place()->line, 7U);
    return result.plan.problems[0].text().en;
  }
  void expect_problem(const Cells& row, const std::string& part) {
    const auto problem = problem_of(row);
    EXPECT_NE(problem.find(part), std::string::npos) << problem;
  }
  Account named(const SystemId& system, const std::string& user_name) {
    const auto id = accounts->snapshot()->account_named(system, user_name);
    return id ? account(*id) : Account{};
  }
  static Cells with(Cells row, const std::string& key, const std::string& text) {
    std::erase_if(row, [&](const auto& cell) { return cell.first == key; });
    row.emplace_back(key, text);
    return row;
  }

  PersonId hung, lan;
  std::vector<audit::Entry> entries;
  const Cells hungs_{{"system", "mail"},
                     {"user_name", "hungnv@tinh.example"},
                     {"identity_number", kHungsNumber},
                     {"created", "2/3/2024"}};
  const Cells lans_{{"system", "Hệ thống một cửa"},
                    {"user_name", "lantt"},
                    {"staff_code", "CB002"},
                    {"name", "trần thị lan"},
                    {"state", "Khóa"}};
  const Cells box_{{"system", "mail"},      {"user_name", "syt@tinh.example"},
                   {"kind", "Đơn vị"},      {"unit_code", "SYT"},
                   {"name", "Sở Y tế 2"},   {"custodian", "CB002"},
                   {"named_users", "CB001"}};
};

TEST_F(ImportAccounts, NewAccountsComeWithHolderUnitDateAndState) {
  const auto result = import({hungs_, lans_, box_});
  ASSERT_TRUE(result.plan.can_apply()) << printed(result.plan, Language::English, 20);
  EXPECT_EQ(result.plan.count(PlannedAct::Add), 3U);
  const auto first = named(mail, "hungnv@tinh.example");
  EXPECT_EQ(first.holder, hung);
  EXPECT_EQ(first.unit, office);
  EXPECT_EQ(first.kind, AccountKind::Personal);
  EXPECT_EQ(first.wanted, State::Active);
  EXPECT_EQ(first.created_at, day("2024-03-02"));
  EXPECT_EQ(first.observed.state, ObservedState::Unknown) << "a list says what is wanted, not what was seen";
  EXPECT_EQ(named(tthc, "lantt").holder, lan);
  EXPECT_EQ(named(tthc, "lantt").wanted, State::Suspended);
  const auto box = named(mail, "syt@tinh.example");
  EXPECT_EQ(box.kind, AccountKind::Unit);
  EXPECT_EQ(box.holder, lan);
  EXPECT_EQ(box.unit, health);
  EXPECT_EQ(box.named_users, std::vector{hung});
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries.back().type, "accounts.imported");
  EXPECT_EQ(entries.back().subject, "import/accounts");
}

TEST_F(ImportAccounts, TheSameFileTwiceChangesNothing) {
  const auto closed = with(with(hungs_, "user_name", "cu"), "state", "đã đóng");
  ASSERT_TRUE(import({hungs_, lans_, box_, closed}).plan.can_apply());
  clock.advance(std::chrono::hours(24 * 3));
  const auto again = import({hungs_, lans_, box_, closed});
  EXPECT_TRUE(again.plan.can_apply() && again.plan.changes_nothing()) << printed(again.plan, Language::English, 20);
  EXPECT_TRUE(entries.empty());
  EXPECT_EQ(accounts->snapshot()->account_count(), 4U);
}

TEST_F(ImportAccounts, FindsTheHolderByUnitNameAndBirthDateTogether) {
  const Cells row{{"system", "mail"},
                  {"user_name", "a"},
                  {"name", "NGUYỄN VĂN HÙNG"},
                  {"birth_date", "05/01/1980"},
                  {"unit_code", "VP"}};
  ASSERT_TRUE(import({row}).plan.can_apply());
  EXPECT_EQ(named(mail, "a").holder, hung);
  ASSERT_TRUE(import({with(with(row, "unit_code", "SYT"), "user_name", "b")}).plan.can_apply())
      << "the office is within the department";
  expect_problem(with(with(row, "unit_code", "KT"), "user_name", "c"), "Nobody");
  expect_problem(with(with(row, "birth_date", "06/01/1980"), "user_name", "c"), "Nobody");
}

TEST_F(ImportAccounts, NeverFindsAHolderByNameAlone) {
  const Cells row{{"system", "mail"}, {"user_name", "a"}, {"name", "Nguyễn Văn Hùng"}, {"unit_code", "VP"}};
  expect_problem(row, "a name alone is not enough");
  expect_problem({{"system", "mail"}, {"user_name", "a"}}, "a name alone is not enough");
  add_person("Nguyễn Văn Hùng", office, "CB003", {*parse_date("1980-01-05"), "", ""});
  expect_problem(with(row, "birth_date", "5/1/1980"), "2 people");
}

TEST_F(ImportAccounts, ANumberThatNobodyHasIsAProblemAndNoFallback) {
  auto row = with(hungs_, "identity_number", "048080000009");
  row = with(with(with(row, "name", "Nguyễn Văn Hùng"), "birth_date", "5/1/1980"), "unit_code", "VP");
  expect_problem(row, "Nobody");
  expect_problem(with(hungs_, "staff_code", "CB002"), "but the staff code to");
  expect_problem(with(hungs_, "name", "Lê Văn Khác"), "who has another name");
}

TEST_F(ImportAccounts, AUnitsAccountNeedsACustodianToBeActive) {
  expect_problem(with(box_, "custodian", ""), "custodian");
  expect_problem(with(box_, "custodian", "CB999"),
                 "Nobody is found by \"CB999\". Give an identity number, a staff code or");
  EXPECT_TRUE(import({with(with(box_, "custodian", ""), "state", "chưa kích hoạt")}).plan.can_apply());
  auto by_person = with(with(box_, "custodian", ""), "identity_number", kLansNumber);
  EXPECT_TRUE(import({with(with(by_person, "user_name", "kt"), "name", "")}).plan.can_apply());
  EXPECT_EQ(named(mail, "kt").holder, lan) << "the person of the row is the custodian";
  EXPECT_TRUE(import({{{"system", "tthc"}, {"user_name", "robot"}, {"kind", "kỹ thuật"}}}).plan.can_apply())
      << "of a program nobody may be known";
}

TEST_F(ImportAccounts, EveryProblemOfARowIsSaidAtOnce) {
  const auto result = import({{{"system", "không có"},
                               {"user_name", "a b"},
                               {"kind", "lạ"},
                               {"state", "lạ"},
                               {"created", "31/2/2024"},
                               {"unit_code", "KHONG"}}});
  EXPECT_EQ(result.plan.problems.size(), 6U);
}

TEST_F(ImportAccounts, AFileWithOneProblemChangesNothing) {
  const auto result = import({hungs_, lans_, with(box_, "custodian", "CB999")});
  EXPECT_FALSE(result.plan.can_apply());
  EXPECT_FALSE(stored(result)) << "whoever asks to store it all the same";
  EXPECT_TRUE(entries.empty() && sync().empty());
  EXPECT_EQ(accounts->snapshot()->account_count(), 0U);
  EXPECT_EQ(result.plan.count(PlannedAct::Add), 2U) << "the row with the problem is not counted as new besides";
}

TEST_F(ImportAccounts, AProblemStandsInTheColumnInWhichItIs) {
  const auto column = [&](const Cells& row) {
    return accounts->plan_import(table({row})).plan.problems.at(0).place()->column;
  };
  EXPECT_EQ(column(with(box_, "custodian", "CB999")), column_of("custodian"));
  EXPECT_EQ(column(with(box_, "named_users", "CB001; CB999")), column_of("named_users"));
  EXPECT_EQ(column(with(hungs_, "identity_number", "048080000009")), column_of("identity_number"));
  EXPECT_EQ(column(with(lans_, "staff_code", "CB999")), column_of("staff_code"));
  EXPECT_EQ(column(with(box_, "custodian", "")), column_of("user_name")) << "nobody is named at all";
}

TEST_F(ImportAccounts, ACustodianAndSharedUsersMayBeNamedByAWorkMailThatIsOnePersons) {
  const auto mai =
      must(people->add_person(by, {"Đỗ Mai", "mai@tinh.example", "CB010", people::Category::CivilServant, {}}));
  sync();
  auto row = with(with(box_, "custodian", "MAI@tinh.example"), "named_users", "CB001; mai@tinh.example");
  ASSERT_TRUE(import({row}).plan.can_apply());
  EXPECT_EQ(named(mail, "syt@tinh.example").holder, mai);
  EXPECT_EQ(named(mail, "syt@tinh.example").named_users.size(), 2U);
  expect_problem(with(row, "custodian", "khac@tinh.example"), "\"khac@tinh.example\"");
  must(people->add_person(by, {"Đỗ Mai", "mai@tinh.example", "CB011", people::Category::CivilServant, {}}));
  sync();
  expect_problem(with(row, "named_users", "CB001"), "2 people have the work mail");
}

TEST_F(ImportAccounts, AnAccountTwiceInTheFileIsAProblem) {
  const auto result = import({hungs_, with(hungs_, "user_name", "HUNGNV@tinh.example")});
  ASSERT_EQ(result.plan.problems.size(), 1U);
  EXPECT_EQ(result.plan.problems[0].place()->line, 8U);
  EXPECT_NE(result.plan.problems[0].text().en.find("row 7"), std::string::npos);
}

TEST_F(ImportAccounts, ListsWhatChangesFieldByField) {
  ASSERT_TRUE(import({hungs_, lans_, box_}).plan.can_apply());
  const auto result = import({with(hungs_, "state", "đóng"), with(lans_, "state", "đang dùng"),
                              with(with(box_, "custodian", "CB001"), "named_users", "CB002")});
  ASSERT_TRUE(result.plan.can_apply()) << printed(result.plan, Language::English, 20);
  EXPECT_EQ(result.plan.items[0].act, PlannedAct::End);
  EXPECT_EQ(result.plan.items[1].act, PlannedAct::Change);
  ASSERT_EQ(result.plan.items[2].changes.size(), 2U);
  EXPECT_EQ(result.plan.items[2].changes[0].before, "Trần Thị Lan");
  EXPECT_EQ(result.plan.items[2].changes[0].after, "Nguyễn Văn Hùng");
  std::vector<std::string> types;
  for (const auto& entry : entries) types.push_back(entry.type);
  EXPECT_EQ(types,
            (std::vector<std::string>{"account.closed", "account.unlocked", "account.corrected", "accounts.imported"}));
  EXPECT_EQ(named(tthc, "lantt").wanted, State::Active);
  EXPECT_EQ(named(mail, "syt@tinh.example").holder, hung);
}

TEST_F(ImportAccounts, AClosedAccountStaysClosedAndItsNameMayGoToSomebodyElse) {
  ASSERT_TRUE(import({hungs_}).plan.can_apply());
  must(accounts->close(by, named(mail, "hungnv@tinh.example").id));
  sync();
  EXPECT_TRUE(import({hungs_}).plan.changes_nothing()) << "an old list does not bring a leaver back";
  expect_problem(with(hungs_, "state", "đang dùng"), "for good");
  ASSERT_TRUE(import({with(hungs_, "identity_number", kLansNumber)}).plan.can_apply());
  EXPECT_EQ(named(mail, "hungnv@tinh.example").holder, lan);
  EXPECT_EQ(accounts->snapshot()->account_count(), 2U);
}

TEST_F(ImportAccounts, OnesOwnAccountDoesNotChangeHands) {
  ASSERT_TRUE(import({hungs_}).plan.can_apply());
  expect_problem(with(hungs_, "identity_number", kLansNumber), "does not change hands");
}

TEST_F(ImportAccounts, SaysWhichLoginsAreWantedButMakesNone) {
  const auto result = import({with(hungs_, "login", "hungnv"), with(lans_, "login", "")});
  ASSERT_EQ(result.logins.size(), 1U);
  EXPECT_EQ(result.logins[0].user_name, "hungnv");
  EXPECT_EQ(result.logins[0].holder, hung);
  EXPECT_EQ(result.logins[0].account, named(mail, "hungnv@tinh.example").id);
  EXPECT_TRUE(named(mail, "hungnv@tinh.example").login.is_nil());
  EXPECT_EQ(import({with(hungs_, "login", "hungnv")}).logins.size(), 1U) << "of an unchanged account too";
  expect_problem(with(lans_, "login", "lantt"), "signs people in by itself");
  const auto shared = import({with(hungs_, "login", "chung"), with(with(box_, "login", "CHUNG"), "user_name", "x")});
  ASSERT_EQ(shared.plan.problems.size(), 1U);
  EXPECT_NE(shared.plan.problems[0].text().en.find("two different people"), std::string::npos);
}

TEST_F(ImportAccounts, AnOnlyColumnOfLoginNamesIsTheUserNameInTheSystem) {
  const auto only =
      testing_support::text_table("a.csv", {"system", "login", "staff_code"}, 2, {{"mail", "hungnv", "CB001"}});
  const auto result = import(only);
  ASSERT_TRUE(result.plan.can_apply()) << printed(result.plan, Language::English, 20);
  EXPECT_EQ(named(mail, "hungnv").holder, hung);
  EXPECT_TRUE(result.logins.empty());
}

TEST_F(ImportAccounts, IsRefusedIfAnAccountIsNoLongerWhatWasPlannedOn) {
  ASSERT_TRUE(import({lans_}).plan.can_apply());
  const auto planned = accounts->plan_import(table({hungs_, with(lans_, "state", "đóng")}));
  must(accounts->unlock(by, named(tthc, "lantt").id));
  sync();
  const auto refused = stored(planned);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Conflict);
  EXPECT_TRUE(named(mail, "hungnv@tinh.example").id.is_nil()) << "nothing of it is stored";
  auto fresh = accounts->plan_import(table({hungs_}));
  open(mail, "hungnv@tinh.example", hung, State::Suspended);
  EXPECT_EQ(stored(fresh).error().kind(), ErrorKind::Conflict) << "the name went to another account meanwhile";
}

TEST_F(ImportAccounts, ABindingPlannedOnAnotherLoginIsAConflict) {
  ASSERT_TRUE(import({hungs_}).plan.can_apply());
  const auto id = named(mail, "hungnv@tinh.example").id;
  auto planned = accounts->plan_import(table({with(hungs_, "created", "3/3/2024")}));
  planned.bindings.push_back({id, {}, LoginId::make(random)});
  must(accounts->bind_login(by, id, LoginId::make(random)));
  sync();
  planned.changes.clear();  // what stands against it is the binding alone
  EXPECT_EQ(stored(planned).error().kind(), ErrorKind::Conflict);
}

TEST_F(ImportAccounts, NoIdentityNumberComesOutAnywhere) {
  const auto stranger = std::string("048080000777");
  std::string all;
  const auto keep = [&](const AccountsImport& result) {
    all += printed(result.plan, Language::Vietnamese, 100) + printed(result.plan, Language::English, 100);
    for (const auto& problem : result.plan.problems) all += problem.detail();
    for (const auto& entry : entries) {
      for (const auto& fact : entry.facts) all += fact.name + "=" + fact.value + "\n";
      for (const auto& fact : entry.personal) all += fact.name + "=" + fact.value + "\n";
    }
  };
  keep(import({hungs_, lans_, with(box_, "custodian", kLansNumber)}));
  keep(import({with(hungs_, "identity_number", stranger)}));
  keep(import({with(box_, "custodian", stranger)}));
  keep(import({with(box_, "named_users", stranger + ";" + kHungsNumber)}));
  keep(import({with(box_, "custodian", "048 080 000 777")}));
  keep(import({with(box_, "custodian", "0480800007")}));
  keep(import({with(hungs_, "identity_number", "0480800007")}));
  keep(import({with(hungs_, "staff_code", "CB002")}));
  ASSERT_NE(all.find("hungnv"), std::string::npos);
  for (const auto& number : {std::string(kHungsNumber), std::string(kLansNumber), stranger, std::string("0480800007"),
                             std::string("048 080 000 777")})
    EXPECT_EQ(all.find(number), std::string::npos) << number;
}

TEST_F(ImportAccounts, ReadsAListAsAnOfficeWritesIt) {
  const std::string csv =
      "UBND TỈNH THỬ NGHIỆM;;;;;;;\n\n"
      "STT;HỆ THỐNG;Tên tài khoản;Họ và tên;Số CCCD (12 số);Ngày cấp;Trạng thái;Lần đăng nhập cuối\n"
      "1;mail;hungnv;Nguyễn Văn Hùng;048080000001;01/02/2024;Đang dùng;hôm qua\n"
      "2;Hệ thống Một cửa;lantt;TRẦN THỊ LAN;048080000002;1-2-2024;Bị khóa;\n";
  const auto sheets = must(sheets::read(bytes_of(csv), "tai-khoan.csv"));
  const auto result = import(must(sheets::find_table(sheets, account_columns())));
  ASSERT_TRUE(result.plan.can_apply()) << printed(result.plan, Language::English, 20);
  EXPECT_EQ(named(mail, "hungnv").holder, hung);
  EXPECT_EQ(named(mail, "hungnv").created_at, day("2024-02-01"));
  EXPECT_EQ(named(tthc, "lantt").holder, lan);
  EXPECT_EQ(named(tthc, "lantt").wanted, State::Suspended);
}

/// Whatever subset of rows was imported before, in whatever order: the whole file then leads to the same accounts.
TEST_F(ImportAccounts, PartsFirstAndTheWholeLaterComeToTheSame) {
  const std::vector<Cells> rows{hungs_, lans_, box_};
  ASSERT_TRUE(import({rows[2], rows[0]}).plan.can_apply());
  const auto whole = import(rows);
  EXPECT_EQ(whole.plan.count(PlannedAct::Add), 1U);
  EXPECT_EQ(whole.plan.count(PlannedAct::Unchanged), 2U);
  EXPECT_EQ(accounts->snapshot()->account_count(), 3U);
}

}  // namespace
}  // namespace khien::accounts
