// People in the order of given names, and found by what somebody types, with or without marks.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "people/directory.h"

namespace khien::people {

/// By given name, then family name, then middle names; people of the same name by id. For lists of some hundreds.
void sort_by_name(const Directory& directory, std::vector<PersonId>& people);

/// At most `most` people in name order, each of whom matches every word of the query. A word matches the beginning of a
/// word of the name; a word with marks asks for these marks (hòa and hoà are the same). A query with `@` is the
/// beginning of a work mail address; a query with a digit is a whole staff code. Linear in the number of people.
std::vector<PersonId> search(const Directory& directory, std::string_view query, std::size_t most);

}  // namespace khien::people
