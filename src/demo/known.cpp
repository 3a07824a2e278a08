// The people whose passwords are told: one for each answer of the gate.
#include <array>

#include "base/vietnamese.h"
#include "credentials/issue.h"
#include "demo/maker.h"
#include "demo/system_codes.h"

namespace khien::demo {
namespace {

using people::Category;
using policy::AccountKind;
using policy::LifecycleState;
using policy::PasswordFacts;
using policy::PasswordState;

enum class Place { Office, Desk, ItCentre };

struct KnownPerson {
  const char* user_name;
  const char* name;
  Place place;
  const char* position;
  int accounts_age;  ///< days
  int password_age;  ///< days
  PasswordState state;
  int rule_min_length;
  int rule_classes;
  int suspected;  ///< days ago; 0: not
  Text what;
};

// The cutoff that demo_directives sets lies three days back: whoever has accounts of later is not shut out by it.
const std::array<KnownPerson, kKnownPeople>& known_people() {
  static const std::array<KnownPerson, kKnownPeople> kAll{
      {{"annv",
        "Nguyễn Văn An",
        Place::Office,
        "Chuyên viên",
        900,
        9,
        PasswordState::Own,
        8,
        15,
        0,
        {"mật khẩu đạt yêu cầu: được vào", "the password conforms: allowed"}},
       {"binhtt",
        "Trần Thị Bình",
        Place::Office,
        "Chuyên viên",
        1,
        1,
        PasswordState::Issued,
        0,
        0,
        0,
        {"mật khẩu mới được cấp: phải đổi ngay lần đầu", "the password was just issued: must be changed at first"}},
       {"cuonglv",
        "Lê Văn Cường",
        Place::Office,
        "Phó Trưởng phòng",
        2,
        60,
        PasswordState::Own,
        8,
        15,
        0,
        {"mật khẩu đã quá kỳ hạn thay đổi: phải đổi", "the password is older than the rotation: must be changed"}},
       {"dungpt",
        "Phạm Thị Dung",
        Place::Office,
        "Văn thư",
        1500,
        90,
        PasswordState::Own,
        6,
        0,
        0,
        {"không đổi mật khẩu trước ngày quy định: bị dừng truy cập",
         "did not change the password before the cutoff: shut out"}},
       {"hoant",
        "Nguyễn Thị Hoa",
        Place::Office,
        "Chuyên viên",
        700,
        12,
        PasswordState::Own,
        8,
        15,
        1,
        {"mật khẩu bị nghi lộ: phải đổi", "the password is suspected to have leaked: must be changed"}},
       {"giangvt",
        "Vũ Thị Giang",
        Place::Desk,
        "Công chức tiếp nhận và trả kết quả",
        800,
        24,
        PasswordState::Own,
        8,
        15,
        0,
        {"bộ phận một cửa, đổi mật khẩu hằng tháng: được vào, sắp đến hạn",
         "one-stop desk, monthly rotation: allowed, the change is due soon"}},
       {"quantri",
        "Hoàng Minh Quân",
        Place::ItCentre,
        "Kỹ sư công nghệ thông tin",
        1000,
        5,
        PasswordState::Own,
        8,
        15,
        0,
        {"quản trị tại Trung tâm Công nghệ thông tin", "administrator at the IT centre"}}}};
  return kAll;
}

std::size_t workplace_of(const Maker& maker, Place place) {
  switch (place) {
    case Place::Office:
      return 0;
    case Place::Desk:
      return maker.places.desk_workplace;
    case Place::ItCentre:
      return maker.places.it_workplace;
  }
  return 0;
}

PasswordFacts facts_of(const Maker& maker, const KnownPerson& known) {
  PasswordFacts facts{.state = known.state,
                      .changed_at = maker.days_ago(known.password_age) + std::chrono::hours(8),
                      .rule_min_length = known.rule_min_length,
                      .rule_classes = static_cast<std::uint8_t>(known.rule_classes)};
  if (known.suspected != 0) facts.suspected_at = maker.days_ago(known.suspected);
  return facts;
}

/// As strong as those that are issued to anybody; secret from nobody who knows the seed.
std::string make_password(Random& random) {
  credentials::Composition composition;
  composition.min_length = 8;
  auto made = credentials::issue_password(composition, random);
  return made ? std::string(made->reveal()) : std::string();
}

}  // namespace

void make_known_people(Maker& maker) {
  const auto day = [](int year, unsigned month, unsigned of_month) {
    return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{of_month}};
  };
  for (const KnownPerson& known : known_people()) {
    const auto number = maker.out.people.size();
    Trait trait{.workplace = workplace_of(maker, known.place), .since = start_of(day(2019, 3, 1))};
    Person person;
    person.user_name = maker.take_name(known.user_name);
    person.details = {
        known.name,
        person.user_name + "@minhgiang.example",
        fmt::format("CB{:06}", number + 1),
        Category::CivilServant,
        {day(1986, 4, 2 + static_cast<unsigned>(number)), fmt::format("0990{:08}", 86'000'000 + number), ""}};
    person.postings = career(maker.places.workplaces[trait.workplace], known.position, {trait.since, std::nullopt});
    if (known.place == Place::Desk) person.at_a_desk = person.postings.back().valid;
    maker.traits.push_back(trait);
    maker.out.people.push_back(std::move(person));
  }
}

void make_known_logins(Maker& maker) {
  for (Index person = 0; person < kKnownPeople; ++person) {
    const KnownPerson& known = known_people()[person];
    const bool is_administrator = known.place == Place::ItCentre;
    const PasswordFacts facts = facts_of(maker, known);
    const Instant created_at = maker.days_ago(known.accounts_age) + std::chrono::hours(7);
    const auto login = static_cast<Index>(maker.out.logins.size());
    const Instant login_since = std::min(created_at, *facts.changed_at);
    maker.out.logins.push_back({known.user_name, person, LifecycleState::Active, login_since, facts});
    for (const Index system : {kTthc, kQlvb, kMail, kCbccvc})
      maker.out.accounts.push_back(
          {.system = system,
           .kind = is_administrator && system != kCbccvc ? AccountKind::Administrator : AccountKind::Personal,
           .user_name = known.user_name,
           .holder = person,
           .unit = maker.out.people[person].postings.back().unit,
           .login = system == kCbccvc ? kNone : login,
           .created_at = created_at});
    maker.out.known.push_back({login, known.user_name, make_password(maker.random), known.what, facts});
  }
}

}  // namespace khien::demo
