#include "sheets/xml.h"

#include <libxml/xmlreader.h>

#include "sheets/builder.h"
#include "sheets/tag_length.h"

namespace khien::sheets {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

/// libxml2 writes some messages to standard error whatever its options say, with bytes of the file in them.
void ignore_message(void*, const char*, xmlParserSeverities, xmlTextReaderLocatorPtr) {}

}  // namespace

struct XmlReader::State {
  Source source;
  TagLength tags;
  std::string file;
  std::string part;
  std::optional<Error> source_error;
  bool close_empty = false;  ///< the End of an empty element is still owed
  std::unique_ptr<xmlTextReader, decltype(&xmlFreeTextReader)> reader{nullptr, &xmlFreeTextReader};

  static int pull(void* context, char* out, int size) {
    auto& state = *static_cast<State*>(context);
    auto taken = state.source({out, static_cast<std::size_t>(size)});
    if (taken && !state.tags.accept({out, *taken})) taken = Failure(state.damaged("a tag is too long"));
    if (taken) return static_cast<int>(*taken);
    state.source_error = std::move(taken).error();
    return -1;
  }

  Error damaged(const char* detail) const {
    return wrong_file(
        file, Text::format("Phần «{}» của tệp XLSX bị hỏng.", "The part \"{}\" of the XLSX file is damaged.", part),
        detail);
  }
};

XmlReader::XmlReader(Source source, std::string file, std::string part) : state_(std::make_unique<State>()) {
  state_->source = std::move(source);
  state_->file = std::move(file);
  state_->part = std::move(part);
  // Without XML_PARSE_NOENT and XML_PARSE_DTDLOAD libxml2 neither fetches nor expands what a document defines.
  state_->reader.reset(xmlReaderForIO(&State::pull, nullptr, state_.get(), nullptr, nullptr,
                                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA));
  if (state_->reader) xmlTextReaderSetErrorHandler(state_->reader.get(), &ignore_message, nullptr);
}

XmlReader::~XmlReader() = default;

Result<XmlReader::Piece> XmlReader::next() {
  if (state_->close_empty) {
    state_->close_empty = false;
    return Piece::End;
  }
  if (!state_->reader) return Failure(state_->damaged("libxml2 cannot start"));
  for (;;) {
    const int more = xmlTextReaderRead(state_->reader.get());
    if (state_->source_error) return Failure(*state_->source_error);
    if (more < 0) return Failure(state_->damaged("not well-formed XML"));
    if (more == 0) return Piece::Finish;
    switch (xmlTextReaderNodeType(state_->reader.get())) {
      case XML_READER_TYPE_ELEMENT:
        state_->close_empty = xmlTextReaderIsEmptyElement(state_->reader.get()) == 1;
        return Piece::Start;
      case XML_READER_TYPE_END_ELEMENT:
        return Piece::End;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_WHITESPACE:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        return Piece::Text;
      case XML_READER_TYPE_DOCUMENT_TYPE:
      case XML_READER_TYPE_ENTITY_REFERENCE:
        return Failure(state_->damaged("document types and entities are refused"));
      default:
        break;  // comments and processing instructions
    }
  }
}

std::string_view XmlReader::name() const {
  return view(xmlTextReaderConstLocalName(state_->reader.get()));
}

std::string_view XmlReader::text() const {
  return view(xmlTextReaderConstValue(state_->reader.get()));
}

std::optional<std::string> XmlReader::attribute(std::string_view name) const {
  xmlTextReader* reader = state_->reader.get();
  std::optional<std::string> found;
  while (!found && xmlTextReaderMoveToNextAttribute(reader) == 1)
    if (view(xmlTextReaderConstLocalName(reader)) == name) found = view(xmlTextReaderConstValue(reader));
  xmlTextReaderMoveToElement(reader);
  return found;
}

}  // namespace khien::sheets
