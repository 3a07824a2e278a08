#include "demo/places.h"

#include <algorithm>
#include <array>

#include "demo/names.h"

namespace khien::demo {
namespace {

using people::Tree;
using How = people::UnitSuccession::How;

const Instant kBegan = start_of(Date{std::chrono::year{1997}, std::chrono::January, std::chrono::day{1}});
const Instant kMoved = start_of(kReorganised);
const Validity kAlways{kBegan, {}};
const Validity kUntilThen{kBegan, kMoved};
const Validity kSinceThen{kMoved, {}};

struct Named {
  const char* code;
  const char* name;
};

constexpr std::array kDepartments{Named{"vpubnd", "Văn phòng Ủy ban nhân dân tỉnh"},
                                  Named{"snv", "Sở Nội vụ"},
                                  Named{"skhcn", "Sở Khoa học và Công nghệ"},
                                  Named{"stc", "Sở Tài chính"},
                                  Named{"sct", "Sở Công Thương"},
                                  Named{"snnmt", "Sở Nông nghiệp và Môi trường"},
                                  Named{"sxd", "Sở Xây dựng"},
                                  Named{"syt", "Sở Y tế"},
                                  Named{"sgddt", "Sở Giáo dục và Đào tạo"},
                                  Named{"svhttdl", "Sở Văn hóa, Thể thao và Du lịch"},
                                  Named{"stp", "Sở Tư pháp"},
                                  Named{"ttratinh", "Thanh tra tỉnh"},
                                  Named{"catinh", "Công an tỉnh"}};
constexpr std::array kDivisions{Named{"vp", "Văn phòng"}, Named{"tchc", "Phòng Tổ chức - Hành chính"},
                                Named{"nv", "Phòng Nghiệp vụ"}, Named{"khtc", "Phòng Kế hoạch - Tài chính"}};
constexpr std::array kBoards{Named{"vptu", "Văn phòng Tỉnh ủy"}, Named{"btctu", "Ban Tổ chức Tỉnh ủy"},
                             Named{"btgdvtu", "Ban Tuyên giáo và Dân vận Tỉnh ủy"},
                             Named{"ubkttu", "Ủy ban Kiểm tra Tỉnh ủy"}, Named{"bnctu", "Ban Nội chính Tỉnh ủy"}};

class PlaceMaker {
 public:
  PlaceMaker(Province& province, std::size_t people)
      : out_(province),
        people_(people),
        commune_count_(std::clamp<std::size_t>(people / 40, 2, 96)),
        district_count_(std::max<std::size_t>(1, commune_count_ / 8)) {}

  Places make() {
    state_ = add(kAlways, "tinh", "Tỉnh Minh Giang", kNone, "tỉnh");
    former_state_ = add(kUntilThen, "tinh-donghai", "Tỉnh Đông Hải Châu (cũ)", kNone, "tỉnh");
    succeed(former_state_, state_, How::Merged);
    add_departments();
    add_dissolved_departments();
    add_party();
    add_districts();
    for (std::size_t i = 0; i < commune_count_; ++i) add_commune(i);
    return std::move(places_);
  }

 private:
  Index add(const Validity& valid, std::string code, std::string name, Index parent, std::string level,
            Tree tree = Tree::State) {
    out_.units.push_back({{{valid, std::move(code), std::move(name), parent, tree, std::move(level)}}});
    return static_cast<Index>(out_.units.size() - 1);
  }
  void succeed(Index old, Index successor, How how) { out_.successions.push_back({old, successor, kMoved, how}); }
  /// The unit hangs below `first` until the reorganisation and below `then` afterwards.
  Index add_moved(const std::string& code, const std::string& name, Index first, Index then, const std::string& level) {
    const Index unit = add(kUntilThen, code, name, first, level);
    out_.units[unit].versions.push_back({kSinceThen, code, name, then, Tree::State, level});
    return unit;
  }
  std::size_t work_in(const Workplace& place) {
    places_.workplaces.push_back(place);
    return places_.workplaces.size() - 1;
  }

  void add_departments() {
    for (const Named& department : kDepartments) {
      const Index top = add(kAlways, department.code, department.name, state_, "sở");
      by_code_.emplace_back(department.code, top);
      places_.with_mailbox.push_back(top);
      const std::size_t divisions = people_ < 200 ? 1 : kDivisions.size();
      for (std::size_t i = 0; i < divisions; ++i)
        work_in(
            {add(kAlways, std::string(department.code) + "." + kDivisions[i].code, kDivisions[i].name, top, "phòng"),
             kNone, top, Work::Office, 6});
    }
    places_.committee_office = coded("vpubnd");
    places_.interior = coded("snv");
    places_.police = coded("catinh");
    const Index desk = add(kAlways, "ttpvhcc", "Trung tâm Phục vụ hành chính công tỉnh", coded("vpubnd"), "trung tâm");
    places_.desk_workplace = work_in({desk, kNone, coded("vpubnd"), Work::Desk, 12});
  }

  Index coded(std::string_view code) const {
    return std::ranges::find(by_code_, code, &std::pair<std::string_view, Index>::first)->second;
  }

  void add_dissolved_departments() {
    const Index information = add(kUntilThen, "stttt", "Sở Thông tin và Truyền thông", state_, "sở");
    const Index science = coded("skhcn");
    succeed(information, science, How::Merged);
    const Index digital = add(kSinceThen, "skhcn.cds", "Phòng Chuyển đổi số", science, "phòng");
    const Index former = add(kUntilThen, "stttt.cntt", "Phòng Công nghệ thông tin", information, "phòng");
    succeed(former, digital, How::Merged);
    work_in({digital, former, science, Work::Office, 6});
    places_.it_centre = add_moved("cntt", "Trung tâm Công nghệ thông tin", information, science, "trung tâm");
    places_.it_workplace = work_in({places_.it_centre, kNone, science, Work::Technical, 10});

    const Index labour = add(kUntilThen, "sldtbxh", "Sở Lao động - Thương binh và Xã hội", state_, "sở");
    succeed(labour, places_.interior, How::Merged);
    const Index employment = add(kSinceThen, "snv.ldvl", "Phòng Lao động - Việc làm", places_.interior, "phòng");
    const Index former_employment = add(kUntilThen, "sldtbxh.vl", "Phòng Việc làm", labour, "phòng");
    succeed(former_employment, employment, How::Renamed);
    work_in({employment, former_employment, places_.interior, Work::Office, 6});
  }

  void add_party() {
    party_ = add(kAlways, "tinhuy", "Tỉnh ủy Minh Giang", kNone, "tỉnh ủy", Tree::Party);
    for (const Named& board : kBoards) {
      const Index top = add(kAlways, board.code, board.name, party_, "ban", Tree::Party);
      places_.with_mailbox.push_back(top);
      if (places_.party_office == kNone) places_.party_office = top;
      add(kAlways, std::string("cb.") + board.code, std::string("Chi bộ ") + board.name, top, "chi bộ", Tree::Party);
      work_in({top, kNone, top, Work::Party, 5});
    }
  }

  void add_districts() {
    for (std::size_t d = 0; d < district_count_; ++d) {
      const auto name = place_name(300 + d);
      const auto code = std::to_string(401 + d);
      const Index above = d > 0 && d >= district_count_ / 2 ? former_state_ : state_;
      District district;
      district.unit = add(kUntilThen, code, "Huyện " + name, above, "huyện");
      district.office = add(kUntilThen, code + ".vp", "Văn phòng HĐND và UBND huyện", district.unit, "phòng");
      district.party = add(kUntilThen, "hu." + code, "Huyện ủy " + name, party_, "huyện ủy", Tree::Party);
      places_.with_mailbox.push_back(district.unit);
      districts_.push_back(district);
    }
  }

  struct District {
    Index unit, office, party;
    bool has_successor = false;
  };

  /// Units of before that become this commune; the first gives it its name and code.
  std::vector<Index> add_former_communes(std::size_t number, const std::string& code, const District& district) {
    std::vector<Index> former{
        add(kUntilThen, code, "Xã " + place_name(number), district.unit, "xã"),
        add(kUntilThen, std::to_string(40'003 + 10 * number), "Xã " + place_name(100 + number), district.unit, "xã")};
    if (number % 2 == 0)
      former.push_back(
          add(kUntilThen, std::to_string(40'006 + 10 * number), "Xã " + place_name(200 + number), district.unit, "xã"));
    return former;
  }

  void add_commune(std::size_t number) {
    District& district = districts_[number * district_count_ / commune_count_];
    const bool is_ward = number % 6 == 5;
    const auto place = place_name(number);
    const auto code = std::to_string(40'000 + 10 * number);
    const auto former = add_former_communes(number, code, district);
    const Index commune =
        add(kSinceThen, code, (is_ward ? "Phường " : "Xã ") + place, state_, is_ward ? "phường" : "xã");
    places_.with_mailbox.push_back(commune);
    for (const Index old : former) succeed(old, commune, How::Merged);
    succeed(district.unit, commune, How::Split);
    const Index party = add(kSinceThen, "du." + code, (is_ward ? "Đảng ủy phường " : "Đảng ủy xã ") + place, party_,
                            "đảng ủy", Tree::Party);
    succeed(district.party, party, How::Split);
    work_in({party, district.party, party, Work::Party, 2});
    add_offices(code, commune, former, district);
    if (people_ >= 5000) add_services(code, place, commune, former);
  }

  void add_offices(const std::string& code, Index commune, const std::vector<Index>& former, District& district) {
    const auto add_office = [&](const char* suffix, const char* name, Work work, unsigned weight, Index before) {
      const Index unit = add(kSinceThen, code + suffix, name, commune, "phòng");
      work_in({unit, before, commune, work, weight});
      return unit;
    };
    const Index office = add_office(".vp", "Văn phòng HĐND và UBND", Work::Commune, 4, district.office);
    if (!district.has_successor) succeed(district.office, office, How::Merged);
    district.has_successor = true;
    add_office(".kt", "Phòng Kinh tế", Work::Commune, 4, former[0]);
    add_office(".vhxh", "Phòng Văn hóa - Xã hội", Work::Commune, 4, former[1]);
    add_office(".hcc", "Trung tâm Phục vụ hành chính công", Work::Desk, 4, former.back());
  }

  void add_services(const std::string& code, const std::string& place, Index commune,
                    const std::vector<Index>& former) {
    work_in(
        {add_moved(code + ".yt", "Trạm Y tế " + place, former[0], commune, "trạm"), kNone, commune, Work::Health, 5});
    const std::size_t schools = std::clamp<std::size_t>(people_ / commune_count_ / 60, 1, 12);
    for (std::size_t s = 1; s <= schools; ++s) {
      const auto name = (s % 2 == 1 ? "Trường Tiểu học " : "Trường Trung học cơ sở ") + place + " " + std::to_string(s);
      work_in({add_moved(code + ".th" + std::to_string(s), name, former[s % former.size()], commune, "trường"), kNone,
               commune, Work::School, 12});
    }
  }

  Province& out_;
  std::size_t people_;
  std::size_t commune_count_;
  std::size_t district_count_;
  Places places_;
  Index state_ = kNone;
  Index former_state_ = kNone;
  Index party_ = kNone;
  std::vector<std::pair<std::string_view, Index>> by_code_;
  std::vector<District> districts_;
};

}  // namespace

Places make_places(Province& province, std::size_t people) {
  return PlaceMaker(province, people).make();
}

}  // namespace khien::demo
