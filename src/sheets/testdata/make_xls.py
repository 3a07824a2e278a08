#!/usr/bin/python3
"""Makes the .xls fixtures with xlwt (Debian: python3-xlwt). The files are kept, so that tests need no xlwt."""
import datetime
import pathlib

import xlwt

folder = pathlib.Path(__file__).parent


def staff_list():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Cán bộ")
    date = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    zeros = xlwt.easyxf(num_format_str="000000000000")
    sheet.write_merge(0, 0, 0, 3, "DANH SÁCH CÁN BỘ, CÔNG CHỨC")
    for column, heading in enumerate(["Họ và tên", "Ngày sinh", "Số CCCD", "Ghi chú"]):
        sheet.write(2, column, heading)
    sheet.write_merge(3, 3, 0, 3, "I. Phòng Nội vụ")
    sheet.write(4, 0, "Nguyễn Văn Đức")
    sheet.write(4, 1, datetime.date(1985, 1, 5), date)
    sheet.write(4, 2, 1085012345, zeros)
    sheet.write(4, 3, True)
    sheet.write(5, 0, "Trần Thị Bình")
    sheet.write(5, 1, 1990)
    sheet.write(5, 2, "001190012346")
    sheet.write(5, 3, xlwt.Formula("1/0"))
    sheet.write(6, 0, 12345678901.0)
    sheet.write(6, 1, 1.5)
    sheet.col(3).hidden = True
    sheet.row(6).hidden = True
    other = book.add_sheet("Nháp")
    other.visibility = 1
    other.write(0, 0, "nháp")
    book.save(str(folder / "staff.xls"))


def many_strings():
    """Shared strings that go on over several records, of both widths."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("A")
    for row in range(900):
        sheet.write(row, 0, "người thứ %d" % row if row % 2 else "row number %d" % row)
    book.save(str(folder / "many.xls"))


def from_1904():
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("A")
    sheet.write(0, 0, 44565, xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    book.save(str(folder / "from_1904.xls"))


staff_list()
many_strings()
from_1904()
