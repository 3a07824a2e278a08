// Zips and small workbooks made in memory, for the tests and fuzz targets of this folder.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace khien::sheets {

using ZipParts = std::vector<std::pair<std::string, std::string>>;

inline std::string zip_of(const ZipParts& parts, bool compress = true) {
  std::string out;
  archive* zip = archive_write_new();
  archive_write_set_format_zip(zip);
  archive_write_set_bytes_in_last_block(zip, 1);
  if (compress)
    archive_write_zip_set_compression_deflate(zip);
  else
    archive_write_zip_set_compression_store(zip);
  const auto append = [](archive*, void* context, const void* data, size_t size) {
    static_cast<std::string*>(context)->append(static_cast<const char*>(data), size);
    return static_cast<la_ssize_t>(size);
  };
  archive_write_open(zip, &out, nullptr, append, nullptr);
  for (const auto& [name, content] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(zip, entry);
    archive_write_data(zip, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(zip);
  archive_write_free(zip);
  return out;
}

/// The parts of a workbook with one sheet named "S" around the given inner XML.
inline ZipParts workbook_parts(std::string_view sheet, std::string_view strings = "", std::string_view styles = "",
                               std::string_view workbook_properties = "") {
  const std::string main = R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string relations =
      R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
  const auto relation = [&](const char* id, const char* type, const char* target) {
    return std::string("<Relationship Id=\"") + id + "\" Type=\"" + office + "/" + type + "\" Target=\"" + target +
           "\"/>";
  };
  ZipParts out{
      {"_rels/.rels", relations + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
      {"xl/workbook.xml", "<workbook" + main + " xmlns:r=\"" + office + "\">" + std::string(workbook_properties) +
                              R"(<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels", relations + relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                         relation("rId2", "sharedStrings", "/xl/sharedStrings.xml") +
                                         relation("rId3", "styles", "styles.xml") + "</Relationships>"},
      {"xl/worksheets/sheet1.xml", "<worksheet" + main + ">" + std::string(sheet) + "</worksheet>"}};
  if (!strings.empty()) out.emplace_back("xl/sharedStrings.xml", "<sst" + main + ">" + std::string(strings) + "</sst>");
  if (!styles.empty())
    out.emplace_back("xl/styles.xml", "<styleSheet" + main + ">" + std::string(styles) + "</styleSheet>");
  return out;
}

}  // namespace khien::sheets
