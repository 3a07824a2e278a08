#include "people/record_changes.h"

#include <algorithm>

#include "people/person_rules.h"
#include "people/timeline.h"

namespace khien::people {
namespace {

bool is_same_post(const Posting& a, const Posting& b) {
  return a.unit == b.unit && a.position == b.position && a.main == b.main && a.valid.overlaps(b.valid);
}

/// The spans of one group as a timeline of their own, and the rest.
std::vector<Membership> take_group(std::vector<Membership>& memberships, const GroupId& group) {
  std::vector<Membership> taken;
  std::ranges::copy_if(memberships, std::back_inserter(taken),
                       [&](const Membership& membership) { return membership.group == group; });
  std::erase_if(memberships, [&](const Membership& membership) { return membership.group == group; });
  return taken;
}

}  // namespace

Result<void> check(const PersonRecord& record) {
  for (auto a = record.postings.begin(); a != record.postings.end(); ++a) {
    TRY(check_validity(a->valid));
    for (auto b = record.postings.begin(); b != a; ++b) {
      if (a->main && b->main && a->valid.overlaps(b->valid))
        return Failure(Error::conflict(
            Text::format("Mỗi người chỉ có một vị trí công tác chính tại một thời điểm; vị trí chính khác bắt đầu từ "
                         "{0} chưa kết thúc.",
                         "A person has one main posting at a time; another one that began on {0} has not ended.",
                         dmy(date_of(std::min(a->valid.from, b->valid.from))))));
      if (is_same_post(*a, *b))
        return Failure(Error::conflict({"Người này đã có vị trí công tác đó trong cùng thời gian.",
                                        "The person has that very posting at that time already."}));
    }
  }
  for (const auto& membership : record.memberships) TRY(check_validity(membership.valid));
  return {};
}

Result<void> end_posting(PersonRecord& record, const PostingId& posting, Instant at) {
  const auto found = std::ranges::find(record.postings, posting, &Posting::id);
  if (found == record.postings.end())
    return Failure(Error::not_found({"Không có vị trí công tác này.", "There is no such posting."}));
  if (found->valid.from >= at)
    return Failure(Error::conflict(
        {"Ngày kết thúc phải sau ngày bắt đầu của vị trí công tác.", "A posting must end after it began."}));
  if (found->valid.end() <= at)
    return Failure(
        Error::conflict(Text::format("Vị trí công tác này đã kết thúc từ {0}.", "This posting ended on {0} already.",
                                     dmy(date_of(found->valid.end())))));
  found->valid.to = at;
  return {};
}

void move_main_posting(PersonRecord& record, const PostingId& fresh, const UnitId& unit, const std::string& position,
                       Instant at) {
  Posting next{fresh, record.person.id, unit, position, true, {at, std::nullopt}};
  for (auto& posting : record.postings)
    if (posting.main && posting.valid.contains(at)) {
      next.valid.to = posting.valid.to;
      posting.valid.to = at;
    }
  std::erase_if(record.postings, [](const Posting& posting) { return posting.valid.is_empty(); });
  record.postings.push_back(std::move(next));
}

bool rehang_postings(PersonRecord& record, const UnitId& old, const UnitId& successor, Instant at,
                     IdSource::Series& ids) {
  bool changed = false;
  const auto before = record.postings;
  for (const auto& posting : before) {
    if (posting.unit != old || posting.valid.end() <= at) continue;
    changed = true;
    Posting moved = posting;
    moved.unit = successor;
    moved.valid.from = std::max(at, posting.valid.from);
    auto& kept = *std::ranges::find(record.postings, posting.id, &Posting::id);
    kept.valid.to = at;
    if (kept.valid.is_empty()) {
      std::erase_if(record.postings, [&](const Posting& other) { return other.id == posting.id; });
    } else {
      moved.id = ids.next<PostingId>();
    }
    // Whoever sat in two of the merging units keeps one seat.
    if (std::ranges::none_of(record.postings, [&](const Posting& other) { return is_same_post(other, moved); }))
      record.postings.push_back(std::move(moved));
  }
  return changed;
}

void join(PersonRecord& record, const GroupId& group, const Validity& valid) {
  auto spans = take_group(record.memberships, group);
  if (!covers(spans, valid)) {
    Validity joined = valid;
    for (const auto& span : spans)
      if (span.valid.overlaps(joined)) {
        joined.from = std::min(joined.from, span.valid.from);
        if (!span.valid.to)
          joined.to.reset();
        else if (joined.to)
          joined.to = std::max(*joined.to, *span.valid.to);
      }
    assign(spans, Membership{group, record.person.id, joined});
  }
  record.memberships.insert(record.memberships.end(), spans.begin(), spans.end());
}

bool leave(PersonRecord& record, const GroupId& group, Instant at) {
  auto spans = take_group(record.memberships, group);
  const auto before = spans;
  carve(spans, {at, std::nullopt});
  record.memberships.insert(record.memberships.end(), spans.begin(), spans.end());
  return spans != before;
}

}  // namespace khien::people
