// A new key for a purpose, the end of an old one, another root key.
#include "app/acts.h"
#include "app/keys.h"

namespace khien::app {
namespace {

std::string_view code_of(ChangeKeys::What what) {
  switch (what) {
    case ChangeKeys::What::Rotate:
      return "rotate";
    case ChangeKeys::What::Remove:
      return "remove";
    case ChangeKeys::What::Rewrap:
      break;
  }
  return "rewrap";
}

/// What follows from a new key of that purpose.
Text after_rotation(store::Purpose purpose) {
  switch (purpose) {
    case store::Purpose::Pepper:
      return {
          "Mật khẩu chuyển sang khóa mới ở lần đăng nhập đúng kế tiếp; khóa cũ phải giữ đến khi «khien key list» báo "
          "không còn dòng nào (mật khẩu cũ trong lịch sử không chuyển được, chỉ mất đi khi có mật khẩu mới hơn).",
          "Passwords move to the new key at the next right sign-in; keep the old key until `khien key list` counts no "
          "rows (past passwords in the history cannot move, they only go as newer ones come)."};
    case store::Purpose::Log:
      return {
          "Hãy gửi khóa kiểm tra mới (khien audit key) cho người giữ khóa cũ; khóa cũ vẫn kiểm tra được toàn bộ nhật "
          "ký qua biên bản chuyển khóa.",
          "Send the new verifier key (khien audit key) to whoever holds the old one; with the old one the whole log "
          "can still be checked, by the handover."};
    case store::Purpose::Token:
      return {
          "Các hệ thống kết nối thấy khóa mới ngay; khóa mới bắt đầu ký sau 15 phút, khóa cũ còn được công bố 7 ngày.",
          "Connected systems see the new key at once; it signs in 15 minutes, the old one is published for 7 days "
          "more."};
    default:
      return {"Dòng cũ vẫn đọc được và được chuyển dần sang khóa mới khi máy chủ chạy; chuyển ngay: khien key renew.",
              "Old rows stay readable and move to the new key while the server runs; to do it now: khien key renew."};
  }
}

}  // namespace

Parameters ChangeKeys::parameters() const {
  return {{"what", std::string(code_of(what))}, {"value", value}};
}

Result<std::unique_ptr<Act>> ChangeKeys::from_request(const Parameters& parameters) {
  auto act = std::make_unique<ChangeKeys>();
  act->value = value_of(parameters, "value");
  for (const auto what : {What::Rotate, What::Remove, What::Rewrap})
    if (code_of(what) == value_of(parameters, "what")) {
      act->what = what;
      return act;
    }
  return Failure(Error::internal("a request about keys cannot be read"));
}

Result<Prospect> ChangeKeys::look(Installation& opened) const {
  Prospect out;
  // Another key meanwhile is another fact; how many rows use each is not.
  for (const auto& use : TRY(list_keys(opened))) out.facts += use.key.id + (use.current ? "!" : "") + "\n";
  out.of = opened.credentials().snapshot()->all().size();
  switch (what) {
    case What::Rotate: {
      const auto purpose = store::parse_purpose(value);
      if (!purpose)
        return Failure(Error::not_found({"Không có mục đích khóa này.", "There is no such purpose of a key."}));
      out.summary = Text::format("thay khóa: {0}", "rotate the key: {1}", words_of(*purpose).vi, words_of(*purpose).en);
      break;
    }
    case What::Remove:
      out.summary = Text::format("hủy khóa {0}", "destroy the key {0}", value);
      break;
    case What::Rewrap:
      out.summary =
          Text::format("bọc mọi khóa bằng khóa gốc trong {0}", "wrap every key by the root key in {0}", value);
      break;
  }
  return out;
}

Result<Lines> ChangeKeys::carry_out(Installation& opened, const people::By& by) const {
  const auto said = [](Text text) { return Line{Line::Kind::Result, std::move(text)}; };
  if (what == What::Rotate) {
    const auto purpose = store::parse_purpose(value).value_or(store::Purpose::Session);
    const std::string id = TRY(rotate_key(opened, by, purpose));
    return Lines{said(Text::format("Khóa mới: {0}.", "The new key: {0}.", id)), said(after_rotation(purpose))};
  }
  if (what == What::Remove) {
    TRY(remove_key(opened, by, value));
    return Lines{said({"Đã hủy khóa.", "The key is destroyed."})};
  }
  const std::string in_use = root_key_path(opened.folder, opened.config);
  const std::string id = TRY(rewrap_keys(opened, by, value));
  return Lines{said(Text::format(
      "Các khóa nay được bọc bằng khóa gốc mã {0} trong {1}. Trước lần khởi động sau, đặt root_key_file: {1} (hoặc "
      "thay "
      "{2} bằng tệp này). Giữ khóa gốc cũ chừng nào còn bản sao lưu làm trước lúc này.",
      "The keys are now wrapped by the root key {0} in {1}. Before the next start set root_key_file: {1} (or put the "
      "file in place of {2}). Keep the old root key for as long as backups from before now are kept.",
      id, value, in_use))};
}

}  // namespace khien::app
