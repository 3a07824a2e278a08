// What a sentence is for: a request, or background (causes, old rules, legal basis, what others said), or expressly not
// asked.
#pragma once

#include <optional>
#include <vector>

#include "letter/pattern.h"
#include "letter/token.h"

namespace khien::letter {

/// The verb by which the issuer asks ("đề nghị", "yêu cầu" …); not the noun, not the request of somebody else.
std::optional<std::size_t> request_verb(Tokens sentence);

/// The verb by which a report proposes something to those above ("đề nghị", "kiến nghị", "đề xuất"); not what somebody
/// else proposed or what was proposed before.
std::optional<std::size_t> proposal_verb(Tokens sentence);

/// "UBND xã báo cáo kết quả như sau": what follows is told, not asked.
bool begins_report(Tokens lead);

/// "… kiểm tra 12 máy, kết quả:": what follows is found, not asked.
bool begins_findings(Tokens lead);

/// Where a sentence on old rules turns to what holds now: "…, nay đổi 3 tháng một lần".
std::optional<std::size_t> turns_to_now(Tokens sentence);

/// True if the issuer asks without such a verb: "phải", "không được", "nghiêm cấm" …
bool has_duty(Tokens sentence);

/// Causes, findings, old rules, examples, contacts, what somebody else proposed.
bool is_background(Tokens sentence);

/// A heading whose whole section is background: "Diễn biến, nguyên nhân".
bool is_background_heading(Tokens heading);

/// "không bắt buộc", "không yêu cầu", "không phải gửi báo cáo", "có thể" …
const Patterns& not_asked();

/// Takes out the titles of other letters, old values ("thay vì 6 ký tự"), and notes on what is attached. Returns what
/// it took.
std::vector<std::vector<Token>> drop_asides(std::vector<Token>& sentence);

}  // namespace khien::letter
