#include "http/page.h"

#include "http/url.h"

namespace khien::http {
namespace {

/// The same address in another language: what else it asks for, such as where a sign-in leads, is kept.
std::string in_language(const Request& request, Language language) {
  Fields fields;
  for (const auto& field : request.query.fields())
    if (field.name != "lang") fields.push_back(field);
  fields.push_back({"lang", std::string(code_of(language))});
  return with_query("", fields);
}

Text heading_of_status(int status) {
  switch (status) {
    case 404:
      return {"Không có trang này", "There is no such page"};
    case 405:
      return {"Trang này không nhận yêu cầu như vậy", "This page does not take such a request"};
    case 408:
      return {"Quá thời gian chờ", "The request took too long"};
    case 413:
      return {"Dữ liệu gửi lên quá lớn", "Too much was sent"};
    case 500:
      return {"Có lỗi ở máy chủ", "Something went wrong here"};
    case 503:
      return {"Hệ thống đang bận", "The system is busy"};
    default:
      return {"Yêu cầu không hợp lệ", "The request is not valid"};
  }
}

}  // namespace

Response Pages::page(const Request& request, std::string_view name, const Text& title, Data::Map data,
                     int status) const {
  const Language language = language_of(request);
  data.insert_or_assign("title", title.in(language));
  data.insert_or_assign("installation", installation_name_);
  data.insert_or_assign("in_vietnamese", in_language(request, Language::Vietnamese));
  data.insert_or_assign("in_english", in_language(request, Language::English));
  data.insert_or_assign("css", files_.address_of("css/app.css"));
  data.insert_or_assign("js", files_.address_of("js/app.js"));
  auto rendered = templates_.render(name, language, std::move(data));
  if (!rendered) return Response::error(rendered.error());
  Response response = Response::html(std::move(*rendered), status);
  if (parse_language(request.query.value("lang"))) response.set_cookie(language_cookie(language));
  return response;
}

Response Pages::message(const Request& request, const Text& title, const Text& text, int status,
                        const std::string& back) const {
  const Language language = language_of(request);
  return page(request, "message", title,
              {{"text", text.in(language)},
               {"confirm", false},
               {"back", back},
               {"back_text", language == Language::Vietnamese ? "Quay lại" : "Back"}},
              status);
}

Response Pages::error(const Request& request, const Error& error) const {
  return message(request, {"Không thực hiện được", "This could not be done"}, error.text(), status_of(error.kind()));
}

Response Pages::status_page(const Request& request, int status, const Text& text) const {
  return message(request, heading_of_status(status), text, status);
}

}  // namespace khien::http
