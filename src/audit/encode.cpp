#include "audit/encode.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/vietnamese.h"

namespace khien::audit {
namespace {

template <class List, class Name>
bool has_repeated(const List& list, Name name) {
  for (std::size_t i = 0; i < list.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (name(list[i]) == name(list[j])) return true;
  return false;
}

Failure bad_entry(const char* why) {
  return Failure(
      Error::invalid({"Nội dung mục nhật ký không hợp lệ.", "The content of the log entry is not valid."}, why));
}

void append_names(std::string& out, const std::vector<std::string>& texts) {
  char before = '[';
  if (texts.empty()) out += before;
  for (const auto& text : texts) {
    out += before;
    append_quoted(out, text);
    before = ',';
  }
  out += ']';
}

void append_facts(std::string& out, const std::vector<Fact>& facts) {
  char before = '{';
  if (facts.empty()) out += before;
  for (const auto& fact : facts) {
    out += before;
    append_quoted(out, fact.name);
    out += ':';
    append_quoted(out, fact.value);
    before = ',';
  }
  out += '}';
}

/// Whether an entry needs the second version of the form.
bool says_more(const Actor& actor) {
  return !actor.system_user.empty() || actor.break_glass || actor.approver || actor.request;
}

void append_actor(std::string& out, const Actor& actor) {
  out += "{\"kind\":\"";
  out += name_of(actor.kind);
  out += "\",\"id\":";
  append_quoted(out, actor.id);
  if (!actor.system_user.empty()) {
    out += ",\"system_user\":";
    append_quoted(out, actor.system_user);
  }
  if (actor.break_glass) out += ",\"break_glass\":true";
  if (actor.approver) out += ",\"approver\":\"" + actor.approver->text() + '"';
  if (actor.request) out += ",\"request\":\"" + actor.request->text() + '"';
  out += '}';
}

void append_person(std::string& out, const Entry& entry, std::span<const Commitment> commitments) {
  if (!entry.person) return;
  out += ",\"person\":\"" + entry.person->text() + '"';
  if (commitments.empty()) return;
  out += ",\"commitments\":";
  char before = '{';
  for (const auto& commitment : commitments) {
    out += before;
    append_quoted(out, commitment.name);
    out += ":\"" + base64url(commitment.digest) + '"';
    before = ',';
  }
  out += '}';
}

}  // namespace

std::string_view name_of(Actor::Kind kind) {
  switch (kind) {
    case Actor::Kind::Person:
      return "person";
    case Actor::Kind::Login:
      return "login";
    case Actor::Kind::Client:
      return "client";
    case Actor::Kind::Operator:
      return "operator";
    case Actor::Kind::Clock:
      return "clock";
    case Actor::Kind::Anonymous:
      return "anonymous";
  }
  throw std::logic_error("no such kind of actor");
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        else
          out += c;
    }
  }
  out += '"';
}

Digest commit_to(const Salt& salt, std::string_view name, std::string_view value) {
  const auto length = static_cast<std::uint32_t>(name.size());
  const std::array<unsigned char, 1> domain{0x02};
  const std::array<unsigned char, 4> name_length{
      static_cast<unsigned char>(length >> 24), static_cast<unsigned char>(length >> 16),
      static_cast<unsigned char>(length >> 8), static_cast<unsigned char>(length)};
  return sha256({domain, salt, name_length, bytes_of(name), bytes_of(value)});
}

Result<std::string> encode(const Entry& entry, std::span<const Commitment> commitments) {
  if (has_repeated(entry.facts, [](const Fact& fact) { return std::string_view(fact.name); }))
    return bad_entry("a fact comes twice");
  if (has_repeated(commitments, [](const Commitment& commitment) { return std::string_view(commitment.name); }))
    return bad_entry("a personal fact comes twice");
  if (!commitments.empty() && !entry.person) return bad_entry("personal facts of nobody");
  std::string out;
  out.reserve(384);
  out += says_more(entry.actor) ? "{\"v\":2,\"type\":" : "{\"v\":1,\"type\":";
  append_quoted(out, entry.type);
  fmt::format_to(std::back_inserter(out), ",\"at\":{},\"actor\":", micros_of(entry.at));
  append_actor(out, entry.actor);
  out += ",\"subject\":";
  append_quoted(out, entry.subject);
  out += ",\"clauses\":";
  append_names(out, entry.clauses);
  out += ",\"facts\":";
  append_facts(out, entry.facts);
  out += ",\"result\":";
  append_quoted(out, entry.result);
  append_person(out, entry, commitments);
  out += '}';
  if (out.size() > kMostEntryBytes) return bad_entry("too long");
  if (!is_utf8(out)) return bad_entry("not UTF-8");
  return out;
}

}  // namespace khien::audit
