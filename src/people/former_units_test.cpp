#include "people/former_units.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "people/rules.h"
#include "people/timeline.h"
#include "people/unit_testing.h"

namespace khien::people {
namespace {

using testing_support::day;
using testing_support::directory_of;
using testing_support::id_of;
using testing_support::version;
using How = UnitSuccession::How;
using Units = std::set<UnitId>;

/// Everything whose directives bind whoever is in the unit.
Units speaking(const Directory& directory, const UnitId& unit, Instant at) {
  std::vector<UnitId> all;
  directory.units().for_each([&](const UnitId& id, const Unit&) { all.push_back(id); });
  const auto above = units_above(directory, unit, at);
  const auto former = FormerUnits(directory, all, at).speaking_for(unit);
  Units out(above.begin(), above.end());
  out.insert(former.begin(), former.end());
  return out;
}

const UnitId kNorth = id_of(1);
const UnitId kSouth = id_of(2);
const UnitId kMerged = id_of(3);
const UnitId kHealthNorth = id_of(4);
const UnitId kHealthSouth = id_of(5);
const UnitId kClinic = id_of(6);
const UnitId kNew = id_of(7);
const Instant kReform = day("2025-07-01");
const Instant kAfter = day("2025-08-01");

/// Two provinces with a health department each, that of the north with a clinic; they merge into a third.
UnitBook two_provinces_merged() {
  UnitBook book;
  EXPECT_TRUE(begin_unit(book, kNorth, version("B", "Tỉnh Bắc", {}, "2000-01-01")));
  EXPECT_TRUE(begin_unit(book, kSouth, version("N", "Tỉnh Nam", {}, "2000-01-01")));
  EXPECT_TRUE(begin_unit(book, kHealthNorth, version("YB", "Sở Y tế Bắc", kNorth, "2000-01-01")));
  EXPECT_TRUE(begin_unit(book, kHealthSouth, version("YN", "Sở Y tế Nam", kSouth, "2000-01-01")));
  EXPECT_TRUE(begin_unit(book, kClinic, version("PK", "Phòng khám", kHealthNorth, "2000-01-01")));
  EXPECT_TRUE(begin_unit(book, kMerged, version("M", "Tỉnh Mới", {}, "2025-07-01")));
  EXPECT_TRUE(merge_units(book, std::array{kNorth, kSouth}, kMerged, kReform, How::Merged));
  EXPECT_TRUE(check(book));
  return book;
}

TEST(FormerUnits, SpeakOnForWhatCameFromThemAndForNobodyElse) {
  const auto directory = directory_of(two_provinces_merged());
  EXPECT_EQ(speaking(directory, kClinic, kReform - std::chrono::microseconds(1)),
            (Units{kClinic, kHealthNorth, kNorth}));
  EXPECT_EQ(speaking(directory, kClinic, kReform), (Units{kClinic, kHealthNorth, kMerged, kNorth}));
  EXPECT_EQ(speaking(directory, kHealthSouth, kAfter), (Units{kHealthSouth, kMerged, kSouth}));
  EXPECT_EQ(speaking(directory, kMerged, kAfter), (Units{kMerged, kNorth, kSouth})) << "those of each bind the whole";
}

TEST(FormerUnits, SpeakForAnAccountThatStillNamesAUnitThatIsGone) {
  auto book = two_provinces_merged();
  ASSERT_TRUE(merge_units(book, std::array{kClinic}, kHealthNorth, kAfter, How::Merged));
  const auto directory = directory_of(book);
  EXPECT_EQ(speaking(directory, kClinic, kAfter), (Units{kHealthNorth, kMerged, kNorth, kClinic}));
  EXPECT_EQ(speaking(directory, kNorth, kAfter), (Units{kMerged, kNorth, kSouth}));
}

TEST(FormerUnits, SpeakForAUnitThatWasMadeAfterThemWhereTheyWere) {
  auto book = two_provinces_merged();
  ASSERT_TRUE(begin_unit(book, kNew, version("T", "Trung tâm", kMerged, "2025-09-01")));
  const auto directory = directory_of(book);
  EXPECT_EQ(speaking(directory, kNew, day("2025-09-01")), (Units{kNew, kMerged, kNorth, kSouth}));
  EXPECT_TRUE(speaking(directory, kNew, kAfter).empty()) << "it had not begun";
}

TEST(FormerUnits, DoNotSpeakForWhatMovedAwayFromWhatTookTheirPlace) {
  auto book = two_provinces_merged();
  const UnitId elsewhere = id_of(8);
  ASSERT_TRUE(begin_unit(book, elsewhere, version("X", "Bộ", {}, "2000-01-01")));
  ASSERT_TRUE(change_unit(book, kHealthNorth, version("YB", "Sở Y tế Bắc", elsewhere, "2025-10-01")));
  const auto directory = directory_of(book);
  EXPECT_EQ(speaking(directory, kClinic, day("2025-10-01")), (Units{kClinic, kHealthNorth, elsewhere}));
}

TEST(FormerUnits, AUnitThatEndedAndWhosePlaceNothingTookHangsWhereItHung) {
  auto book = two_provinces_merged();
  ASSERT_TRUE(end_unit(book, kClinic, kAfter));
  const auto directory = directory_of(book);
  const auto above = units_above(directory, kClinic, kAfter);
  EXPECT_EQ(above, (std::vector{kClinic, kHealthNorth, kMerged}));
  EXPECT_EQ(speaking(directory, kClinic, kAfter), (Units{kClinic, kHealthNorth, kMerged, kNorth}));
}

// The law, over forests that are reorganised again and again.

class Reorganiser {
 public:
  Reorganiser() {
    const int count = *rc::gen::inRange(3, 10);
    for (int i = 0; i < count; ++i) make(i == 0 ? std::nullopt : any_living(true));
  }

  /// Merges units into one beside or above them, splits one, ends one without units below it, or makes one.
  void step() {
    ++month_;
    const auto unit = any_living(false);
    if (!unit) return;
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        return merge(*unit);
      case 1:
        return split(*unit);
      case 2:
        if (children(*unit).empty()) RC_ASSERT(end_unit(book, *unit, now()).has_value());
        return;
      default:
        make(any_living(true));
    }
  }

  [[nodiscard]] Instant now() const { return day("2000-01-01") + std::chrono::hours(24 * 30) * month_; }

  UnitBook book;

 private:
  UnitId make(std::optional<UnitId> parent) {
    const UnitId id = id_of(++last_);
    auto first =
        version("C" + std::to_string(last_), "U" + std::to_string(last_), parent.value_or(UnitId{}), "2000-01-01");
    first.valid.from = now();
    RC_ASSERT(begin_unit(book, id, first).has_value());
    return id;
  }

  [[nodiscard]] std::vector<UnitId> living() const {
    const auto directory = directory_of(book);
    std::vector<UnitId> out;
    for (const auto& [id, unit] : book.units)
      if (UnitTree(directory, now()).version(id) != nullptr) out.push_back(id);
    return out;
  }
  /// nullopt stands for a root where that is asked for.
  [[nodiscard]] std::optional<UnitId> any_living(bool or_root) const {
    const auto units = living();
    const auto at = static_cast<std::size_t>(*rc::gen::inRange<int>(or_root ? -1 : 0, static_cast<int>(units.size())));
    return at < units.size() ? std::optional(units[at]) : std::nullopt;
  }
  [[nodiscard]] std::vector<UnitId> children(const UnitId& unit) const {
    const auto directory = directory_of(book);
    return UnitTree(directory, now()).children(unit);
  }

  void merge(const UnitId& unit) {
    const auto directory = directory_of(book);
    const UnitTree tree(directory, now());
    const auto parent = tree.parent(unit);
    std::vector<UnitId> places;  // leaving what one is under is no merger but a move
    for (const auto& other : living())
      if (!tree.is_within(other, unit) && (!parent || tree.is_within(other, *parent))) places.push_back(other);
    places.push_back({});
    UnitId into = *rc::gen::elementOf(places);
    if (into.is_nil()) into = make(parent);
    RC_ASSERT(merge_units(book, std::array{unit}, into, now(), How::Merged).has_value());
  }

  void split(const UnitId& unit) {
    const auto directory = directory_of(book);
    const auto parent = UnitTree(directory, now()).parent(unit);
    const auto below = children(unit);
    const std::vector<UnitId> parts{make(parent), make(parent)};
    RC_ASSERT(split_unit(book, unit, parts, now()).has_value());
    for (const auto& child : below) {
      auto moved = *item_at(book.units.at(child).versions, now());
      moved.valid.from = now();
      moved.parent = *rc::gen::elementOf(parts);
      RC_ASSERT(change_unit(book, child, moved).has_value());
    }
  }

  int last_ = 0;
  int month_ = 0;
};

RC_GTEST_PROP(FormerUnitsLaws, AReorganisationFreesNobody, ()) {
  Reorganiser world;
  const int steps = *rc::gen::inRange(1, 8);
  for (int i = 0; i < steps; ++i) {
    std::map<UnitId, Units> before;
    const auto known = directory_of(world.book);
    for (const auto& [id, unit] : world.book.units) before[id] = speaking(known, id, world.now());
    world.step();
    RC_ASSERT(check(world.book).has_value());
    const auto directory = directory_of(world.book);
    for (const auto& [id, told] : before) {
      const auto after = speaking(directory, id, world.now());
      RC_ASSERT(std::ranges::includes(after, told));
    }
  }
}

}  // namespace
}  // namespace khien::people
