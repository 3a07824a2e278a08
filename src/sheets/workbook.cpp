#include "sheets/workbook.h"

#include <map>

#include "sheets/builder.h"
#include "sheets/workbook_parts.h"

namespace khien::sheets {
namespace {

using Piece = XmlReader::Piece;

struct Relation {
  std::string type;  ///< the last step of its address
  std::string part;
};
using Relations = std::map<std::string, Relation>;

std::string folder_of(std::string_view part) {
  const auto slash = part.rfind('/');
  return std::string(part.substr(0, slash == std::string_view::npos ? 0 : slash));
}

/// The relations that start at a part; none if the package has no such list.
Result<Relations> relations_of(Package& package, std::string_view part) {
  const std::string folder = folder_of(part);
  const std::string list = resolve_part(folder, fmt::format("_rels/{}.rels", part.substr(part.rfind('/') + 1)));
  Relations out;
  if (!package.has(list)) return out;
  TRY(package.read(list, [&](XmlReader& xml) -> Result<void> {
    for (;;) {
      const Piece piece = TRY(xml.next());
      if (piece == Piece::Finish) return {};
      if (piece != Piece::Start || xml.name() != "Relationship") continue;
      const std::string type = xml.attribute("Type").value_or("");
      out[xml.attribute("Id").value_or("")] = {type.substr(type.rfind('/') + 1),
                                               resolve_part(folder, xml.attribute("Target").value_or(""))};
    }
  }));
  return out;
}

std::string part_of_type(const Relations& relations, std::string_view type) {
  for (const auto& [id, relation] : relations)
    if (relation.type == type) return relation.part;
  return {};
}

Result<void> read_sheet_list(XmlReader& xml, const Relations& relations, const Package& package, const Limits& limits,
                             Workbook& out) {
  for (;;) {
    const Piece piece = TRY(xml.next());
    if (piece == Piece::Finish) return {};
    if (piece != Piece::Start) continue;
    if (xml.name() == "workbookPr") {
      const std::string value = xml.attribute("date1904").value_or("0");
      out.from_1904 = value == "1" || value == "true";
    } else if (xml.name() == "sheet") {
      const auto found = relations.find(xml.attribute("id").value_or(""));
      if (found == relations.end() || found->second.type != "worksheet") continue;
      if (out.sheets.size() >= limits.sheets)
        return Failure(wrong_file(package.file(), Text::format("Tệp có quá {} trang tính.",
                                                               "The file has more than {} sheets.", limits.sheets)));
      out.sheets.push_back({.name = xml.attribute("name").value_or(""),
                            .part = found->second.part,
                            .hidden = xml.attribute("state").value_or("visible") != "visible"});
    }
  }
}

}  // namespace

Result<Workbook> read_workbook(Package& package, const Limits& limits) {
  const auto root = TRY(relations_of(package, ""));
  std::string main_part = part_of_type(root, "officeDocument");
  if (main_part.empty()) main_part = "xl/workbook.xml";
  const auto relations = TRY(relations_of(package, main_part));
  Workbook out;
  TRY(package.read(main_part, [&](XmlReader& xml) { return read_sheet_list(xml, relations, package, limits, out); }));
  if (const auto part = part_of_type(relations, "styles"); package.has(part))
    TRY(package.read(part, [&](XmlReader& xml) { return read_styles(xml, out.forms); }));
  if (const auto part = part_of_type(relations, "sharedStrings"); package.has(part))
    TRY(package.read(part, [&](XmlReader& xml) { return read_strings(xml, package.file(), limits, out.strings); }));
  return out;
}

}  // namespace khien::sheets
