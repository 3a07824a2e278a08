# Writes OUT: the bytes of IN as a string_view SYMBOL in khien::SUBJECT.
file(READ ${IN} bytes HEX)
string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
string(REGEX REPLACE "(......................................................................)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "#include <string_view>\n\nnamespace khien::${SUBJECT} {\nnamespace {\nconstexpr char kBytes[] = {\n${bytes}};\n}  // namespace\n\n\
extern const std::string_view ${SYMBOL};\nconst std::string_view ${SYMBOL}{kBytes, sizeof kBytes};\n}  // namespace khien::${SUBJECT}\n")
