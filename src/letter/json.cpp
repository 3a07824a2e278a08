#include "letter/json.h"

#include <boost/json.hpp>

namespace khien::letter {
namespace {

namespace json = boost::json;

json::value of(const std::optional<std::string>& text) {
  if (!text) return nullptr;
  return json::value(*text);
}

json::value of(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* text = std::get_if<std::string>(&value)) return json::value(*text);
  json::array list;
  for (const auto& element : std::get<std::vector<std::string>>(value)) list.emplace_back(element);
  return list;
}

json::object of(const ProposedControl& control) {
  json::object params;
  for (const auto& [name, value] : control.params) params[name] = of(value);
  json::object out{{"kind", policy::code_of(control.kind)},
                   {"params", std::move(params)},
                   {"strength", control.strength == Strength::Must ? "must" : "should"}};
  if (control.applies_to) out["applies_to"] = *control.applies_to;
  out["quote"] = control.quote;
  if (!control.item.empty()) out["item"] = control.item;
  out["line"] = control.place.line;
  out["column"] = control.place.column;
  return out;
}

}  // namespace

std::string to_json(const Reading& reading) {
  json::array controls;
  for (const auto& control : reading.controls) controls.push_back(of(control));
  json::array notes;
  for (const auto& note : reading.notes) notes.push_back(json::object{{"vi", note.vi}, {"en", note.en}});
  const Header& header = reading.header;
  const json::object out{{"header", json::object{{"number", of(header.number)},
                                                 {"date", of(header.date)},
                                                 {"issuer", of(header.issuer)},
                                                 {"subject", of(header.subject)}}},
                         {"controls", std::move(controls)},
                         {"notes", std::move(notes)}};
  return json::serialize(out) + "\n";
}

}  // namespace khien::letter
