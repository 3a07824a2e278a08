// The people of a demonstration province and their careers.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/vietnamese.h"
#include "demo/maker.h"
#include "demo/names.h"

namespace khien::demo {
namespace {

using people::Category;

constexpr std::size_t kNamesakeEvery = 211;
constexpr std::size_t kUnnumberedEvery = 53;
constexpr std::size_t kCapitalsEvery = 97;
constexpr std::size_t kLeaverEvery = 25;

Category category_of(Work work, std::uint64_t draw) {
  switch (work) {
    case Work::School:
    case Work::Health:
    case Work::Technical:
      return draw < 90 ? Category::PublicEmployee : Category::Worker;
    case Work::Party:
      return draw < 40 ? Category::Official : Category::CivilServant;
    case Work::Commune:
      return draw < 15 ? Category::Official : draw < 85 ? Category::CivilServant : Category::PartTime;
    case Work::Office:
    case Work::Desk:
      return draw < 92 ? Category::CivilServant : Category::Worker;
  }
  return Category::Unknown;
}

const char* position_of(Work work, std::uint64_t draw) {
  switch (work) {
    case Work::School:
      return draw < 4 ? "Hiệu trưởng" : draw < 10 ? "Phó Hiệu trưởng" : draw < 92 ? "Giáo viên" : "Nhân viên văn thư";
    case Work::Health:
      return draw < 15 ? "Trưởng trạm" : draw < 45 ? "Bác sĩ" : "Điều dưỡng";
    case Work::Party:
      return draw < 10 ? "Trưởng ban" : draw < 25 ? "Phó Trưởng ban" : "Chuyên viên";
    case Work::Technical:
      return draw < 8 ? "Giám đốc" : draw < 20 ? "Phó Giám đốc" : "Kỹ sư công nghệ thông tin";
    case Work::Commune:
      return draw < 8 ? "Trưởng phòng" : draw < 18 ? "Phó Trưởng phòng" : draw < 90 ? "Chuyên viên" : "Văn thư";
    case Work::Desk:
      return draw < 10 ? "Phó Giám đốc Trung tâm" : "Công chức tiếp nhận và trả kết quả";
    case Work::Office:
      return draw < 10 ? "Trưởng phòng" : draw < 25 ? "Phó Trưởng phòng" : draw < 92 ? "Chuyên viên" : "Văn thư";
  }
  return "";
}

/// Draws work places as often as their weights say.
class WorkplaceDraw {
 public:
  explicit WorkplaceDraw(const Places& places) {
    unsigned sum = 0;
    for (const Workplace& place : places.workplaces) sums_.push_back(sum += place.weight);
  }
  std::size_t operator()(Random& random) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(sums_, random.below(sums_.back())) - sums_.begin());
  }

 private:
  std::vector<unsigned> sums_;
};

/// No province has the code 099, so no card bears such a number. The number in the middle keeps them apart.
std::string identity_number(Sex sex, Date born, std::size_t number) {
  const int year = static_cast<int>(born.year());
  const int digit = (year >= 2000 ? 2 : 0) + (sex == Sex::Woman ? 1 : 0);
  return fmt::format("099{}{:02}{:06}", digit, year % 100, number);
}

Trait make_career(Maker& maker, std::size_t number, std::size_t workplace) {
  Trait trait;
  trait.workplace = workplace;
  trait.is_leaver = number % kLeaverEvery == 7;
  if (trait.is_leaver) trait.until = maker.days_ago(10 + maker.random.below(700));
  const Instant last = trait.until.value_or(maker.today);
  trait.since = last - std::chrono::days(30 + maker.random.below(26 * 365));
  return trait;
}

Date birth_date(Maker& maker, const Trait& trait) {
  return date_of(trait.since - std::chrono::days(22 * 366 + maker.random.below(11 * 365)));
}

Person make_person(Maker& maker, std::size_t number, const Trait& trait, const std::string* name_of_other) {
  const Workplace& place = maker.places.workplaces[trait.workplace];
  const Sex sex = maker.chance(52) ? Sex::Woman : Sex::Man;
  Person person;
  const std::string name = name_of_other != nullptr ? *name_of_other : make_name(sex, maker.random);
  const Date born = birth_date(maker, trait);
  person.user_name = maker.take_name(user_name_of(name));
  person.details.name = number % kCapitalsEvery == 3 ? upper(name) : name;
  person.details.work_mail = person.user_name + "@minhgiang.example";
  person.details.staff_code = fmt::format("CB{:06}", number + 1);
  person.details.category = category_of(place.work, maker.random.below(100));
  person.details.secret.birth_date = born;
  if (number % kUnnumberedEvery != 11) person.details.secret.identity_number = identity_number(sex, born, number);
  person.postings = career(place, position_of(place.work, maker.random.below(100)), {trait.since, trait.until});
  if (place.work == Work::Desk) person.at_a_desk = person.postings.back().valid;
  return person;
}

}  // namespace

std::string Maker::take_name(const std::string& wanted) {
  std::string name = wanted;
  for (std::size_t& number = numbers[wanted]; !names.insert(name).second;) name = wanted + std::to_string(++number);
  return name;
}

std::vector<Posting> career(const Workplace& place, const std::string& position, const Validity& span) {
  const Instant moved = start_of(kReorganised);
  if (place.before == kNone || span.from >= moved) return {{place.unit, position, span}};
  if (span.end() <= moved) return {{place.before, position, span}};
  return {{place.before, position, {span.from, moved}}, {place.unit, position, {moved, span.to}}};
}

void make_people(Maker& maker, std::size_t count) {
  const WorkplaceDraw draw(maker.places);
  maker.out.people.reserve(count);
  maker.traits.reserve(count);
  while (maker.out.people.size() < count) {
    const std::size_t number = maker.out.people.size();
    const bool is_namesake = number % kNamesakeEvery == 20 && number > kKnownPeople && !maker.traits.back().is_leaver;
    const std::size_t workplace = is_namesake ? maker.traits.back().workplace : draw(maker.random);
    maker.traits.push_back(make_career(maker, number, workplace));
    const std::string* other = is_namesake ? &maker.out.people.back().details.name : nullptr;
    Person person = make_person(maker, number, maker.traits.back(), other);
    maker.out.people.push_back(std::move(person));
  }
}

}  // namespace khien::demo
