// Changing the postings and groups of one person: pure functions, and the rules that every record must keep.
#pragma once

#include "base/result.h"
#include "people/id_source.h"
#include "people/types.h"

namespace khien::people {

/// One main posting at a time, no posting twice at once, sane dates.
Result<void> check(const PersonRecord& record);

Result<void> end_posting(PersonRecord& record, const PostingId& posting, Instant at);
/// The main posting ends and goes on in another unit. Without a main posting at that time it just begins.
void move_main_posting(PersonRecord& record, const PostingId& fresh, const UnitId& unit, const std::string& position,
                       Instant at);
/// What holds or will hold in the old unit from `at` on holds in the successor. True if anything changed.
bool rehang_postings(PersonRecord& record, const UnitId& old, const UnitId& successor, Instant at,
                     IdSource::Series& ids);

/// Adds to what is there: a span that is covered already changes nothing.
void join(PersonRecord& record, const GroupId& group, const Validity& valid);
/// From `at` on the person is no member. False if the person was none then.
bool leave(PersonRecord& record, const GroupId& group, Instant at);

}  // namespace khien::people
