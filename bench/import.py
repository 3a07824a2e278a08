#!/usr/bin/env python3
"""Import of 100,000 people (or the number given) from XLSX: preview and storing, time and peak memory of the whole program."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import zipfile
from xml.sax.saxutils import escape

people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
units = 2_000
binary = os.environ.get("KHIEN_BINARY", "build/release/khien")
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Đặng Bùi Võ".split()
MIDDLE = "Văn Thị Đức Ngọc Minh Thanh Hữu".split()
GIVEN = "An Bình Cường Dũng Hà Hòa Hùng Lan Ủy Yến Ánh".split()
HEADINGS = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Mã đơn vị", "Chức vụ", "Loại cán bộ", "Điện thoại", "Email công vụ", "Từ ngày"]
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rows():
    yield ["DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC"]
    yield []
    yield HEADINGS
    for i in range(people):
        year = 1965 + i % 40
        century = 0 if year < 2000 else 2
        yield [i + 1, f"{FAMILY[i % 8]} {MIDDLE[i // 8 % 7]} {GIVEN[i // 56 % 11]}", f"{i % 28 + 1:02}/{i % 12 + 1:02}/{year}",
               f"048{century}{year % 100:02}{i:06}", f"U{i % units}", "Chuyên viên phòng nghiệp vụ", "công chức", f"09{i:08}",
               f"canbo{i}@tinh.gov.vn", "01/01/2020"]


def write_xlsx(path):
    """As Excel writes it: shared strings, an address for every cell."""
    shared = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
                                        'Target="xl/workbook.xml"/></Relationships>')
        package.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="DS" sheetId="1" r:id="a"/>'
                                            "</sheets></workbook>")
        package.writestr("xl/_rels/workbook.xml.rels",
                         f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
                         f'<Relationship Id="b" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for number, cells in enumerate(rows(), 1):
                out = [f'<row r="{number}" spans="1:10">']
                for column, value in zip("ABCDEFGHIJ", cells):
                    if isinstance(value, int):
                        out.append(f'<c r="{column}{number}"><v>{value}</v></c>')
                    else:
                        out.append(f'<c r="{column}{number}" s="0" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>')
                sheet.write(("".join(out) + "</row>").encode())
            sheet.write(b"</sheetData></worksheet>")
        package.writestr("xl/sharedStrings.xml",
                         f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{escape(text)}</t></si>" for text in shared) + "</sst>")


def measured(what, *arguments):
    begin = time.monotonic()
    child = subprocess.Popen([binary, "--data", data, *arguments], stdout=subprocess.PIPE, text=True)
    lines = child.stdout.read().splitlines()
    _, status, usage = os.wait4(child.pid, 0)
    took = time.monotonic() - begin
    assert status == 0, "\n".join(lines[:20])
    print(f"{what}: {took:.2f} s ({usage.ru_utime + usage.ru_stime:.2f} s CPU), peak {usage.ru_maxrss / 1024:.0f} MiB   {lines[0]}")


with tempfile.TemporaryDirectory() as folder:
    data = pathlib.Path(folder, "data")
    subprocess.run([binary, "--data", data, "init"], check=True, stdout=subprocess.DEVNULL)
    tree = pathlib.Path(folder, "units.csv")
    tree.write_text("Mã đơn vị;Tên đơn vị;Mã đơn vị cấp trên;Từ ngày\n" + "".join(
        f"U{i};Đơn vị số {i};{'' if i == 0 else f'U{(i - 1) // 12}'};01/01/2000\n" for i in range(units)))
    subprocess.run([binary, "--data", data, "import", "units", tree, "--apply"], check=True, stdout=subprocess.DEVNULL)
    book = pathlib.Path(folder, "people.xlsx")
    write_xlsx(book)
    print(f"{people} people, {book.stat().st_size / 2**20:.1f} MiB of XLSX")
    measured("preview", "import", "people", book)
    measured("stored", "import", "people", book, "--apply")
    measured("the same file again", "import", "people", book)
