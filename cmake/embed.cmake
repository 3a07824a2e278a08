# Files put into the program, so that it needs none at run time.

# khien_embed(NAME FOLDER [PATTERN glob...]): every file under FOLDER (relative to the checkout) becomes part of the library
# khien_embed_NAME. Whoever links it includes <embedded/NAME.h> and calls khien::embedded::NAME(), a span of http::EmbeddedFile.
function(khien_embed name folder)
  cmake_parse_arguments(arg "" "" "PATTERN" ${ARGN})
  if(NOT arg_PATTERN)
    set(arg_PATTERN "*")
  endif()
  set(root ${CMAKE_SOURCE_DIR}/${folder})
  list(TRANSFORM arg_PATTERN PREPEND "${root}/")
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${arg_PATTERN})
  list(SORT files)
  set(assembly "")
  set(table "")
  set(symbols "")
  set(number 0)
  foreach(file ${files})
    file(RELATIVE_PATH relative ${root} ${file})
    set(symbol khien_embedded_${name}_${number})
    string(APPEND assembly ".global ${symbol}\n${symbol}:\n.incbin \"${file}\"\n.global ${symbol}_end\n${symbol}_end:\n.byte 0\n")
    string(APPEND symbols "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
    string(APPEND table "      {\"${relative}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  set(made ${CMAKE_BINARY_DIR}/embedded)
  file(CONFIGURE OUTPUT ${made}/${name}.h CONTENT [[#pragma once
#include <span>

#include "http/embedded.h"

namespace khien::embedded {
/// The files under @folder@.
std::span<const http::EmbeddedFile> @name@();
}  // namespace khien::embedded
]] @ONLY)
  file(CONFIGURE OUTPUT ${made}/${name}.cpp CONTENT [[#include "embedded/@name@.h"

#include <array>
#include <cstddef>

extern "C" {
@symbols@}

namespace khien::embedded {
std::span<const http::EmbeddedFile> @name@() {
  static const std::array<http::EmbeddedFile, @number@> files{{
@table@  }};
  return files;
}
}  // namespace khien::embedded
]] @ONLY)
  file(CONFIGURE OUTPUT ${made}/${name}.S CONTENT [[.section .note.GNU-stack, "", @progbits
.section .rodata
@assembly@]] @ONLY)
  set_source_files_properties(${made}/${name}.S PROPERTIES OBJECT_DEPENDS "${files}" LANGUAGE C
                              COMPILE_OPTIONS "-xassembler-with-cpp;-Wno-unused-command-line-argument")
  add_library(khien_embed_${name} STATIC ${made}/${name}.cpp ${made}/${name}.S)
  target_include_directories(khien_embed_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR})
endfunction()
