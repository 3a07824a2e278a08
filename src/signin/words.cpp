#include "signin/words.h"

#include "base/english_date.h"

namespace khien::signin {

using policy::ChangeReason;
using policy::RefusalReason;
using policy::StepKind;

std::vector<ClauseWords> words_of(const Standing& standing, const policy::ClauseSet& clauses) {
  std::vector<ClauseWords> out;
  for (const policy::ClauseIndex index : clauses) {
    const policy::ClauseInfo& clause = standing.set->clauses()[index];
    out.push_back({clause.name, policy::label_of(standing.set->directive_of(index)), clause.words});
  }
  return out;
}

RefusalWords refusal_words(const Standing& standing) {
  const policy::Refusal& refusal = standing.decision.refusal;
  RefusalWords out{{}, words_of(standing, refusal.clauses), {}};
  switch (refusal.reason) {
    case RefusalReason::Cutoff: {
      const std::string vi_date = refusal.cutoff ? dmy(*refusal.cutoff) : "";
      const std::string en_date = refusal.cutoff ? english(*refusal.cutoff) : "";
      out.reason = Text{
          "Tài khoản bị dừng truy cập từ ngày " + vi_date + " vì mật khẩu chưa được đổi đúng yêu cầu trước ngày đó.",
          "Access ended on " + en_date + " because the password was not changed as ordered before that day."};
      out.action = {
          "Đến bộ phận quản trị của đơn vị, mang theo giấy tờ tùy thân, để được cấp lại mật khẩu; sau đó đăng nhập và "
          "đổi ngay.",
          "Go to your unit's administrators with your identity card; they issue a new password, which you change at "
          "once."};
      break;
    }
    case RefusalReason::Suspended:
      out.reason = {"Tài khoản đang bị khóa.", "The account is locked."};
      out.action = {"Liên hệ bộ phận quản trị của đơn vị để biết lý do và đề nghị mở khóa.",
                    "Ask your unit's administrators why, and to unlock it."};
      break;
    case RefusalReason::Closed:
      out.reason = {"Tài khoản đã đóng.", "The account is closed."};
      out.action = {"Nếu còn nhiệm vụ cần truy cập, đơn vị gửi văn bản đề nghị cấp tài khoản mới.",
                    "If you still need access, your unit asks for a new account in writing."};
      break;
    case RefusalReason::Invited:
      out.reason = {"Tài khoản chưa được kích hoạt.", "The account is not active yet."};
      out.action = {"Liên hệ bộ phận quản trị của đơn vị để kích hoạt tài khoản.",
                    "Ask your unit's administrators to activate it."};
      break;
    case RefusalReason::NoPassword:
      out.reason = {"Tài khoản chưa được cấp mật khẩu.", "No password has been issued for this account."};
      out.action = {"Liên hệ bộ phận quản trị của đơn vị để được cấp mật khẩu.",
                    "Ask your unit's administrators to issue one."};
      break;
    case RefusalReason::NoAccount:
      out.reason = {"Tên đăng nhập này không mở tài khoản nào.", "This login opens no account."};
      out.action = {"Liên hệ bộ phận quản trị của đơn vị để được cấp tài khoản trên hệ thống cần dùng.",
                    "Ask your unit's administrators for an account in the system you need."};
      break;
  }
  return out;
}

Text last_free_day(Instant due) {
  const Date day = date_of(due - std::chrono::seconds{1});
  return {dmy(day), english(day)};
}

Text reason_words(ChangeReason reason, std::optional<Instant> due) {
  switch (reason) {
    case ChangeReason::Issued:
      return {"Mật khẩu đang dùng do người khác cấp; phải đổi ngay lần đăng nhập đầu tiên.",
              "The present password was issued to you; it must be changed at the first sign-in."};
    case ChangeReason::Expired:
      return {"Mật khẩu đã quá thời hạn quy định; phải đổi để tiếp tục.",
              "The password is older than allowed; it must be changed to go on."};
    case ChangeReason::Suspected:
      return {"Mật khẩu nghi đã bị lộ; phải đổi ngay, trên máy tính sạch mã độc.",
              "The password is suspected to be known to others; change it now, on a clean computer."};
    case ChangeReason::UnknownAge:
      return {"Không rõ mật khẩu được đặt từ khi nào; phải đổi để tiếp tục.",
              "Nobody knows how old the password is; it must be changed to go on."};
    case ChangeReason::BeforeCutoff:
      if (!due) break;
      return Text{"Từ ngày " + dmy(date_of(*due)) + ", tài khoản chưa đổi mật khẩu sẽ không truy cập được.",
                  "From " + english(date_of(*due)) + ", accounts whose password was not changed have no access."};
    case ChangeReason::AfterCutoff:
      return {"Tài khoản được mở lại sau ngày dừng truy cập; phải đổi mật khẩu để tiếp tục.",
              "Access was reopened after the cutoff; the password must be changed to go on."};
  }
  return {};
}

Text short_words(RefusalReason reason) {
  switch (reason) {
    case RefusalReason::NoAccount:
      return {"không mở tài khoản nào", "opens no account"};
    case RefusalReason::Invited:
      return {"chưa kích hoạt", "not active yet"};
    case RefusalReason::Suspended:
      return {"đang bị khóa", "locked"};
    case RefusalReason::Closed:
      return {"đã đóng", "closed"};
    case RefusalReason::NoPassword:
      return {"chưa được cấp mật khẩu", "no password issued"};
    case RefusalReason::Cutoff:
      return {"quá ngày dừng truy cập", "past the cutoff"};
  }
  return {};
}

Text short_words(ChangeReason reason) {
  switch (reason) {
    case ChangeReason::Issued:
      return {"mật khẩu do người khác cấp", "issued by somebody else"};
    case ChangeReason::Expired:
      return {"quá thời hạn", "expired"};
    case ChangeReason::Suspected:
      return {"nghi bị lộ", "suspected"};
    case ChangeReason::UnknownAge:
      return {"không rõ đặt từ khi nào", "of unknown age"};
    case ChangeReason::BeforeCutoff:
      return {"sắp đến ngày dừng truy cập", "before a cutoff"};
    case ChangeReason::AfterCutoff:
      return {"được mở lại sau ngày dừng truy cập", "reopened after a cutoff"};
  }
  return {};
}

Text short_words(StepKind kind) {
  switch (kind) {
    case StepKind::ChangePassword:
      return {"đổi mật khẩu", "change the password"};
    case StepKind::ReadDirective:
      return {"đọc và xác nhận chỉ đạo", "read and confirm the directive"};
    case StepKind::SignStatement:
      return {"ký cam kết trách nhiệm", "sign the statement of responsibility"};
    case StepKind::KnowMonitoring:
      return {"xác nhận đã biết việc giám sát", "know of the monitoring"};
  }
  return {};
}

namespace {

/// Without the full stop.
Text what_comes(const policy::Notice& notice) {
  const std::string when = dmy_time(notice.at);
  const std::string when_en = english_time(notice.at);
  if (notice.reason == ChangeReason::BeforeCutoff)
    return {"Từ " + when + ", tài khoản chưa đổi mật khẩu sẽ không truy cập được",
            "From " + when_en + ", accounts whose password was not changed lose access"};
  return {"Mật khẩu hết hạn vào " + when, "The password expires at " + when_en};
}

}  // namespace

Text notice_words(const policy::Notice& notice) {
  const Text what = what_comes(notice);
  if (notice.reason == ChangeReason::BeforeCutoff) {
    const Text day = last_free_day(notice.at);
    return {what.vi + ". Hãy đổi chậm nhất hết ngày " + day.vi + ".",
            what.en + ". Change it by the end of " + day.en + "."};
  }
  return {what.vi + ". Hãy đổi trước lúc đó.", what.en + ". Change it before."};
}

Text notice_words(const Standing& standing, const policy::Notice& notice) {
  const Text what = what_comes(notice);
  Text source;
  for (const ClauseWords& clause : words_of(standing, notice.clauses)) {
    source.vi += (source.vi.empty() ? ", theo " : "; ") + clause.id + " (" + clause.letter.vi + ")";
    source.en += (source.en.empty() ? ", by " : "; ") + clause.id + " (" + clause.letter.en + ")";
  }
  return {what.vi + source.vi + ".", what.en + source.en + "."};
}

static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kClasses{
    {{"chữ hoa", "upper-case letters"},
     {"chữ thường", "lower-case letters"},
     {"chữ số", "digits"},
     {"ký tự đặc biệt (như ! @ # $)", "special characters (such as ! @ # $)"}}};

static Text class_words(unsigned classes) {
  Text out;
  for (std::size_t i = 0; i < kClasses.size(); ++i) {
    if ((classes & (1U << i)) == 0) continue;
    out.vi += (out.vi.empty() ? "" : ", ") + std::string(kClasses[i].first);
    out.en += (out.en.empty() ? "" : ", ") + std::string(kClasses[i].second);
  }
  return out;
}

Text composition_words(std::int64_t min_length, unsigned classes) {
  Text out = Text::format("ít nhất {0} ký tự", "at least {0} characters", min_length);
  const Text all = class_words(classes);
  if (!all.vi.empty()) {
    out.vi += ", có " + all.vi;
    out.en += ", with " + all.en;
  }
  return out;
}

std::vector<Text> rule_words(const policy::PasswordRule& rule) {
  std::vector<Text> out;
  if (rule.min_length > 0) out.push_back(Text::format("Ít nhất {0} ký tự", "At least {0} characters", rule.min_length));
  const Text classes = class_words(rule.classes);
  if (!classes.vi.empty()) out.push_back({"Có đủ: " + classes.vi, "With " + classes.en});
  out.push_back({"Không chứa tên đăng nhập, họ tên, tên đơn vị, không dễ đoán",
                 "Without your user name, name or unit; not easy to guess"});
  if (rule.distinct)
    out.push_back({"Khác mật khẩu các tài khoản khác của mình", "Different from the passwords of your other accounts"});
  if (rule.history > 0)
    out.push_back(Text::format("Không trùng {0} mật khẩu gần nhất", "None of the last {0} passwords", rule.history));
  return out;
}

std::string_view code_of(RefusalReason reason) {
  switch (reason) {
    case RefusalReason::NoAccount:
      return "no_account";
    case RefusalReason::Invited:
      return "invited";
    case RefusalReason::Suspended:
      return "suspended";
    case RefusalReason::Closed:
      return "closed";
    case RefusalReason::NoPassword:
      return "no_password";
    case RefusalReason::Cutoff:
      return "cutoff";
  }
  return {};
}

std::string_view code_of(ChangeReason reason) {
  switch (reason) {
    case ChangeReason::Issued:
      return "issued";
    case ChangeReason::Expired:
      return "expired";
    case ChangeReason::Suspected:
      return "suspected";
    case ChangeReason::UnknownAge:
      return "unknown_age";
    case ChangeReason::BeforeCutoff:
      return "before_cutoff";
    case ChangeReason::AfterCutoff:
      return "after_cutoff";
  }
  return {};
}

std::string_view code_of(StepKind kind) {
  switch (kind) {
    case StepKind::ChangePassword:
      return "change_password";
    case StepKind::ReadDirective:
      return "read_directive";
    case StepKind::SignStatement:
      return "sign_statement";
    case StepKind::KnowMonitoring:
      return "know_monitoring";
  }
  return {};
}

}  // namespace khien::signin
