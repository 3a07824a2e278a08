#include "http/form.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/vietnamese.h"
#include "http/url.h"

namespace khien::http {
namespace {

Request posted(std::string body, std::string type = "application/x-www-form-urlencoded") {
  Request request;
  request.method = Method::Post;
  request.headers = {{"content-type", std::move(type)}};
  request.body = std::move(body);
  return request;
}

TEST(Form, GivesDecodedFieldsInOrderWithRepetitionsVisible) {
  const Values values = form(posted("ten=Nguy%E1%BB%85n+An&quyen=a&quyen=b&trong=&moi")).value();
  EXPECT_EQ(values.value("ten"), "Nguyễn An");
  EXPECT_EQ(values.all("quyen"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(values.repeated(), "quyen");
  EXPECT_TRUE(values.has("trong"));
  EXPECT_TRUE(values.has("moi"));
  EXPECT_FALSE(values.has("Ten"));
  EXPECT_EQ(form(posted("a=1&b=2"))->repeated(), std::nullopt);
}

TEST(Form, KeepsLineBreaksOfTextAreas) {
  EXPECT_EQ(form(posted("a=x%0D%0Ay%09z"))->value("a"), "x\r\ny\tz");
}

TEST(Form, IsOneOnlyByItsContentType) {
  EXPECT_TRUE(form(posted("a=1", "Application/X-WWW-Form-Urlencoded; charset=UTF-8")).has_value());
  for (const std::string type : {"", "text/plain", "application/json", "multipart/form-data; boundary=x",
                                 "application/x-www-form-urlencoded; charset=latin1"}) {
    EXPECT_FALSE(form(posted("a=1", type)).has_value()) << type;
  }
}

TEST(Form, RefusesWhatIsNotText) {
  for (const std::string body : {"a=%", "a=%1", "a=%xy", "%00=1", "a=%00", "a=%ff", "a=%c3", "a=%ed%a0%80"}) {
    const auto values = form(posted(body));
    ASSERT_FALSE(values.has_value()) << body;
    EXPECT_EQ(values.error().kind(), ErrorKind::Invalid);
  }
  EXPECT_FALSE(form(posted(std::string("a=\0", 3))).has_value());
}

TEST(Form, HasLimits) {
  const FormLimits limits{.fields = 2, .name_bytes = 3, .value_bytes = 4};
  EXPECT_TRUE(parse_urlencoded("abc=1234&b=%31", limits).has_value());
  EXPECT_FALSE(parse_urlencoded("a&b&c", limits).has_value());
  EXPECT_FALSE(parse_urlencoded("abcd=1", limits).has_value());
  EXPECT_FALSE(parse_urlencoded("a=12345", limits).has_value());
}

RC_GTEST_PROP(Form, ReadsWhatAQueryWasBuiltFrom, (const std::vector<std::pair<std::string, std::string>>& pairs)) {
  Fields fields;
  for (const auto& [name, value] : pairs) {
    const bool text = is_utf8(name) && is_utf8(value) && (name + value).find('\0') == std::string::npos;
    if (text) fields.push_back({name, value});
  }
  RC_ASSERT(parse_urlencoded(build_query(fields)).value().fields() == fields);
}

RC_GTEST_PROP(PercentEncoding, GoesThereAndBackForAnyBytes, (const std::string& text)) {
  const std::string encoded = percent_encode(text);
  RC_ASSERT(percent_decode(encoded) == text);
  RC_ASSERT(is_ascii(encoded));
}

}  // namespace
}  // namespace khien::http
