#!/usr/bin/env python3
"""make_common_passwords.py [--check]: writes common_passwords.txt beside itself, the words that guessers try first.
--check only compares.

Everything is made here from rules and short lists of our own. An entry is a core in lower case without marks: the
reader of the file itself tries capitals, leet spelling, and digits, years and signs around it. A line `= N` gives the
cost, in bits, of the entries that follow: log2 of how many others a guesser tries before. Marked Vietnamese is also
entered as a Telex and a VNI keyboard without its method would type it.
"""
import pathlib
import re
import sys
import unicodedata

TONES = {"\u0301": ("s", "1"), "\u0300": ("f", "2"), "\u0309": ("r", "3"), "\u0303": ("x", "4"), "\u0323": ("j", "5")}


def fold(text):
    text = text.lower().replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def keystrokes(word, vni):
    """As base/vietnamese does: shape keys behind their letters, the tone key at the end of the word."""
    out, tone = "", ""
    for c in unicodedata.normalize("NFD", word.lower()):
        if c == "đ":
            out += "d9" if vni else "dd"
        elif c == "\u0302":
            out += "6" if vni else out[-1]
        elif c == "\u0306":
            out += "8" if vni else "w"
        elif c == "\u031b":
            out += "7" if vni else "w"
        elif c in TONES:
            tone = TONES[c][1 if vni else 0]
        else:
            out += c
    return out + tone


def spellings(phrase):
    words = phrase.split()
    yield "".join(fold(w) for w in words)
    yield "".join(keystrokes(w, False) for w in words)
    yield "".join(keystrokes(w, True) for w in words)


# What is tried first of all, here and abroad.
TOP = """
password pass passwd matkhau mat khau|mật khẩu admin administrator root user guest test demo default welcome login
master qwerty azerty iloveyou letmein gov govvn abc abcd abcde abcdef abcxyz xyz asd asdf asdfgh zxc zxcv zxcvbn qaz qazwsx
qweasd qweasdzxc vnpt viettel fpt mobifone vinaphone bkav misa vietnam vietnamese hanoi saigon sys system server
quantri|quản trị quantrivien|quản trị viên taikhoan|tài khoản nguoidung|người dùng macdinh|mặc định dangnhap|đăng nhập
hethong|hệ thống changeme secret p@ssw0rd pw pwd mk
"""

# Government: bodies, units, posts, systems, their abbreviations.
OFFICE = """
ubnd|ủy ban nhân dân hdnd|hội đồng nhân dân ubmt ubmttq mttq tinhuy|tỉnh ủy thanhuy|thành ủy huyenuy|huyện ủy
quanuy|quận ủy danguy|đảng ủy chibo|chi bộ dangbo|đảng bộ dangvien|đảng viên ubkt bantochuc|ban tổ chức
bantuyengiao|ban tuyên giáo vanphong|văn phòng vanphonguubnd vpubnd vphdnd vanthu|văn thư luutru|lưu trữ
motcua|một cửa motcuadientu|một cửa điện tử bophanmotcua|bộ phận một cửa mcdt tthc dvc dichvucong|dịch vụ công
hanhchinhcong|hành chính công ttpvhcc phucvu|phục vụ tiepdan|tiếp dân ioffice qoffice eoffice hpnet vnptioffice
qlvb qlvbdh quanlyvanban|quản lý văn bản dieuhanh|điều hành thudientu|thư điện tử congvu|công vụ congvan|công văn
congthongtin|cổng thông tin congthongtindientu|cổng thông tin điện tử cbcc cbccvc csdl csdldc dancu|dân cư egov
cando|cán bộ canbo|cán bộ congchuc|công chức vienchuc|viên chức nhanvien|nhân viên chuyenvien|chuyên viên
lanhdao|lãnh đạo chutich|chủ tịch phochutich|phó chủ tịch bithu|bí thư phobithu|phó bí thư giamdoc|giám đốc
phogiamdoc|phó giám đốc truongphong|trưởng phòng phophong|phó phòng chanhvanphong|chánh văn phòng ketoan|kế toán
ketoantruong|kế toán trưởng thuquy|thủ quỹ thuky|thư ký hieutruong|hiệu trưởng giaovien|giáo viên bacsi|bác sĩ
soyte|sở y tế syt sytt sotuphap|sở tư pháp stp sonoivu|sở nội vụ snv sotaichinh|sở tài chính stc
soxaydung|sở xây dựng sxd sogiaoduc|sở giáo dục sgd sgddt sogddt socongthuong|sở công thương sct
sonongnghiep|sở nông nghiệp snn snnmt snnptnt sotainguyen|sở tài nguyên stnmt sokhoahoc|sở khoa học skhcn
sokhcn sothongtin|sở thông tin sotttt stttt sovanhoa|sở văn hóa svhttdl svhtt sodulich|sở du lịch sdl
sogiaothong|sở giao thông sgtvt solaodong|sở lao động sldtbxh skhdt sokehoach|sở kế hoạch thanhtra|thanh tra
thanhtratinh|thanh tra tỉnh bql banquanly|ban quản lý phongnoivu|phòng nội vụ phongtaichinh|phòng tài chính
tckh phongtuphap|phòng tư pháp phonggiaoduc|phòng giáo dục pgd pgddt phongvanhoa|phòng văn hóa phongkinhte|phòng kinh tế
congan|công an catinh|công an tỉnh caxa|công an xã cahuyen quansu|quân sự bchqs bhxh baohiem|bảo hiểm
baohiemxahoi|bảo hiểm xã hội khobac|kho bạc cucthue|cục thuế chicuc|chi cục thue|thuế haiquan|hải quan
toaan|tòa án vienkiemsat|viện kiểm sát vks tand vksnd thihanhan|thi hành án benhvien|bệnh viện trungtamyte|trung tâm y tế
tramyte|trạm y tế ttyt bvdk truonghoc|trường học mamnon|mầm non tieuhoc|tiểu học thcs thpt trungtam|trung tâm
cntt congnghethongtin|công nghệ thông tin ttcntt thongtin|thông tin truyenthong|truyền thông chuyendoiso|chuyển đổi số
tuphap|tư pháp hotich|hộ tịch tuphaphotich|tư pháp hộ tịch diachinh|địa chính xaydung|xây dựng noivu|nội vụ
taichinh|tài chính kehoach|kế hoạch nongnghiep|nông nghiệp moitruong|môi trường tainguyen|tài nguyên vanhoa|văn hóa
xahoi|xã hội ldtbxh laodong|lao động giaoduc|giáo dục daotao|đào tạo khoahoc|khoa học congnghe|công nghệ
congthuong|công thương doanthanhnien|đoàn thanh niên hoiphunu|hội phụ nữ phunu|phụ nữ hoinongdan|hội nông dân
cuuchienbinh|cựu chiến binh hoicuuchienbinh|hội cựu chiến binh congdoan|công đoàn thanhnien|thanh niên huyendoan
tinhdoan|tỉnh đoàn xadoan capxa|cấp xã caphuyen|cấp huyện captinh|cấp tỉnh phuong|phường thitran|thị trấn tinh|tỉnh
huyen|huyện quan|quận thanhpho|thành phố chinhphu|chính phủ nhanuoc|nhà nước donvi|đơn vị coquan|cơ quan
cong|công phong|phòng office mail email vpdt edoc egate smartoffice
"""

# What people like: love, family, luck, religion, football, animals.
HABIT = """
anhyeuem|anh yêu em emyeuanh|em yêu anh yeuem|yêu em yeuanh|yêu anh yeuemnhieu|yêu em nhiều yeuanhnhieu|yêu anh nhiều
anhnhoem|anh nhớ em emnhoanh|em nhớ anh nhoem|nhớ em nhoanh|nhớ anh mainhoem|mãi nhớ em maiyeuem|mãi yêu em
maiyeuanh|mãi yêu anh maimai|mãi mãi mailamotu tinhyeu|tình yêu tinhban|tình bạn yeuthuong|yêu thương chongyeu|chồng yêu
voyeu|vợ yêu yeuvo|yêu vợ yeuchong|yêu chồng conyeu|con yêu yeucon|yêu con concon conyeume|con yêu mẹ conyeubo|con yêu bố
yeume|yêu mẹ yeubo|yêu bố yeubame|yêu ba mẹ bome|bố mẹ chame|cha mẹ bamee giadinh|gia đình giadinhtoi|gia đình tôi
giadinhnho|gia đình nhỏ giadinhla1 hanhphuc|hạnh phúc giadinhhanhphuc|gia đình hạnh phúc binhan|bình an binhyen|bình yên
maymand|may mắn mayman|may mắn thanhcong|thành công quyettam|quyết tâm cogang|cố gắng coganglen|cố gắng lên tuonglai|tương lai
hyvong|hy vọng niemtin|niềm tin phatdat|phát đạt phattai|phát tài tienbac|tiền bạc nhieutien|nhiều tiền
khongbiet|không biết khongnho|không nhớ khongco|không có quenroi|quên rồi quenmatkhau|quên mật khẩu
khongcomatkhau|không có mật khẩu matkhaumoi|mật khẩu mới doimatkhau|đổi mật khẩu matkhaucu|mật khẩu cũ
matkhaumanh|mật khẩu mạnh matkhaula|mật khẩu là baomat|bảo mật bimat|bí mật khongnoi|không nói xinchao|xin chào
chaoban|chào bạn chaoem|chào em tamtam tamly namkhanh vietnamvodich|việt nam vô địch vodich|vô địch bongda|bóng đá
yeunuocvietnam|yêu nước việt nam toiyeuvietnam|tôi yêu việt nam ilovevietnam yeuvietnam|yêu việt nam bacho|bác hồ
hochiminh|hồ chí minh dangcongsan|đảng cộng sản conmeo|con mèo concho|con chó conheo|con heo conlon|con lợn
congau|con gấu conga|con gà concua|con cua conca|con cá meocon|mèo con cuncon|cún con thocon|thỏ con gaubong|gấu bông
babylove nhocon|nhóc con nhoxinh|nhỏ xinh cobe|cô bé congchua|công chúa hoangtu|hoàng tử hoahong|hoa hồng
hoasua|hoa sữa hoaphuong|hoa phượng hoamai|hoa mai hoadao|hoa đào bienxanh|biển xanh troixanh|trời xanh
matroi|mặt trời mattrang|mặt trăng ngoisao|ngôi sao muathu|mùa thu muaxuan|mùa xuân muahe|mùa hè muadong|mùa đông
namoadidaphat|nam mô a di đà phật adidaphat|a di đà phật phatto|phật tổ chuagiesu|chúa giê su amen halleluja
sinhnhat|sinh nhật chucmung|chúc mừng chucmungnammoi|chúc mừng năm mới happynewyear happybirthday tet|tết
anhem|anh em banbe|bạn bè banthan|bạn thân emgai|em gái anhtrai|anh trai chigai|chị gái emtrai|em trai congai|con gái
contrai|con trai vochong|vợ chồng thoinoi ongba|ông bà haicon|hai con bacon motminh|một mình codon|cô đơn buon|buồn
vuive|vui vẻ vuilen|vui lên thang|tháng nam|năm quy|quý hocky|học kỳ namhoc|năm học namngoai|năm ngoái hocsinh|học sinh sinhvien|sinh viên khongquen|không quên dungquen|đừng quên dungtoi ditu|đi tù dihoc|đi học dilam|đi làm
lamviec|làm việc lamgiau|làm giàu muonnam|muôn năm vannien trondoi|trọn đời suotdoi|suốt đời
manchester manchesterunited manutd barcelona realmadrid liverpool chelsea arsenal juventus ronaldo messi quanghai
congphuong tuanhung kimchi blackpink bts bigbang sontung mtp skyfall superman batman spiderman ironman naruto doremon
doraemon conan songoku pikachu pokemon minecraft freefire lienquan lienminh pubg facebook zalo google youtube tiktok
gmail yahoo hotmail outlook apple iphone samsung nokia oppo xiaomi huawei microsoft windows computer internet maytinh|máy tính
honda yamaha toyota mercedes vinfast wave airblade dream exciter
"""

# Abroad.
ABROAD = """
monkey dragon sunshine princess football baseball basketball soccer hockey shadow michael jennifer jordan hunter
ranger buster thomas robert george charlie andrew daniel joshua ashley nicole jessica amanda matthew michelle
anthony justin william richard joseph martin david james peter kevin brian jason maria anna sophia emma tiger lion eagle
wolf bear horse dolphin butterfly angel angels heaven devil killer soldier warrior knight wizard master
starwars matrix pepper ginger cookie chocolate coffee cheese banana orange apple cherry summer winter spring autumn
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december flower rainbow diamond silver golden purple yellow green black white blue red love lovely
lover loveme loveyou iloveu iloveyouforever forever always friend friends family mother father mommy daddy sister
brother baby babygirl babyboy sweet sweetie honey sugar candy kitty hello helloworld hellokitty goodbye goodluck
lucky happy smile freedom liberty trustno trustme whatever nothing something anything everything letmein openup
opensesame access private security secure secret hidden unlock unknown temp temporary temp123 newpass newpassword
mypass mypassword oldpassword passwordnew password password1 pass1234 pass1word passw0rd qwertyuiop qwertyui qwert
asdfghjkl asdfghjk zxcvbnm poiuy lkjhg mnbvc administrator sysadmin sysop superuser supervisor manager operator
support service backup oracle mysql postgres database linux ubuntu debian cisco router switch public private monitor
nagios zabbix tomcat jboss apache nginx jenkins gitlab docker vagrant raspberry toor alpine webadmin webmaster info
sales office account accounting company business student teacher school college university money bitcoin crypto
america china japan korea london paris newyork hawaii california texas boston dallas chicago phoenix canada mexico
mustang ferrari porsche corvette camaro yankees cowboys lakers steelers raiders eagles packers redsox
metallica nirvana slipknot eminem rockstar guitar music dance pokemon zelda mario nintendo playstation xbox gamer
game player winner champion number one two three four five six seven eight nine ten zero hundred thousand million
"""

# Digits and rows of keys that are not plain walks.
DIGITS = """
123456 12345 1234 123 1234567 12345678 123456789 1234567890 0123456789 987654321 87654321 654321 54321 4321 321 111111
000000 666666 888888 999999 121212 123123 123321 112233 11223344 1122334455 102030 10203040 147258 147258369 159357
159753 258456 357159 753951 741852 741852963 789456 789456123 963852741 101010 131313 202020 232323 212121 246810
135790 13579 24680 123654 123654789 456123 456789 142536 14253678 520520 5201314 1314520 6868 686868 8686 868686 3979 7979 797979
39393939 1368 6886 8668 113 114 115 69696969 696969 2512 3004 0209 1905 2611 0803 2010 1508 0105 30041975 20111982
02091945 1qaz2wsx 1q2w3e 1q2w3e4r 1q2w3e4r5t q1w2e3 q1w2e3r4 a1b2c3 a1b2c3d4 1a2b3c 1a2b3c4d abc123 abcd1234 aaa111
zaq12wsx qwe123 asd123 zxc123 qaz123 123qwe 123abc 123asd 1234qwer qwer1234 asdf1234 admin123 root123
"""

FAMILY = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm mai trịnh trương đào cao lưu hà
tạ phùng vương tô thái châu quách la kiều nông hứa văn tăng từ triệu khúc nghiêm lương thạch danh sơn kim chu phó lại
"""
GIVEN = """
an anh ánh ân bách bảo bích bình cẩm châu chi chiến chinh công cúc cương cường danh diễm diệp diệu dũng dung duy dương
duyên đại đan đạt điệp đình đức giang hà hải hạnh hằng hào hậu hiền hiếu hiệp hoa hòa hoài hoàng hồng hợp huệ hùng
hưng hương hường huy huyền huỳnh khải khang khánh khoa khôi khuê kiên kiều kim lam lâm lan lành lệ liên linh loan lộc
long lợi luân luận lương lưu ly mai mạnh mận mẫn minh mơ mỹ my nam nga ngà ngân nghĩa ngọc nguyên nguyệt nhã nhàn nhân
nhật nhi nhung như nhựt oanh phát phi phong phú phúc phụng phương phượng quân quang quế quốc quý quyên quyết quỳnh sang
sáng sen sinh sơn sương tài tâm tân tấn thái thắm thắng thanh thành thảo thắng thế thêm thi thiện thịnh thoa thơ thoại
thông thu thư thuận thục thúy thùy thủy thương tiên tiến tín tình toàn trà trâm trang trí triết trinh trọng trúc trung
trường tú tuân tuấn tuệ tùng tuyền tuyết tư uyên vân vi việt vinh vũ vương vy xuân yên yến
"""
MIDDLE = """
văn thị đức minh ngọc thanh hồng thu thùy kim xuân quang hoàng quốc hữu anh bảo gia hải phương mỹ bích như tuấn
"""
PLACES = """
hà nội|hải phòng|đà nẵng|cần thơ|huế|thừa thiên huế|hồ chí minh|sài gòn|an giang|bà rịa|vũng tàu|bà rịa vũng tàu|bắc giang|
bắc kạn|bạc liêu|bắc ninh|bến tre|bình định|bình dương|bình phước|bình thuận|cà mau|cao bằng|đắk lắk|đắk nông|
điện biên|đồng nai|đồng tháp|gia lai|hà giang|hà nam|hà tĩnh|hải dương|hậu giang|hòa bình|hưng yên|khánh hòa|
kiên giang|kon tum|lai châu|lâm đồng|lạng sơn|lào cai|long an|nam định|nghệ an|ninh bình|ninh thuận|phú thọ|phú yên|
quảng bình|quảng nam|quảng ngãi|quảng ninh|quảng trị|sóc trăng|sơn la|tây ninh|thái bình|thái nguyên|thanh hóa|
tiền giang|trà vinh|tuyên quang|vĩnh long|vĩnh phúc|yên bái|đà lạt|nha trang|hạ long|biên hòa|thủ đức|mỹ tho|
tân an|thủ dầu một|buôn ma thuột|pleiku|quy nhơn|tuy hòa|phan thiết|rạch giá|long xuyên|châu đốc|việt trì|vinh|
ba đình|hoàn kiếm|cầu giấy|hà đông|đống đa|tân bình|bình thạnh|gò vấp|phú quốc|việt nam|đông nam á|mê kông|trường sa|hoàng sa
"""

INITIALS = ["", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
            "r", "s", "t", "th", "tr", "v", "x"]
FINALS = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"]
NUCLEI = ["a", "e", "i", "o", "u", "y", "ie", "ye", "uo", "oa", "oe", "ua", "ia", "ai", "ao", "au", "ay", "eo", "eu",
          "iu", "oi", "oai", "oay", "ui", "uy", "uoi", "uou", "ieu", "yeu", "uu", "uay", "uya", "uye", "ue"]


def entries(block):
    """Words, or `name|marked phrase up to the next name`: a marked phrase gives all its spellings."""
    for line in re.split(r"\s+(?=[^\s|]+\|)|\n", block):
        name, bar, phrase = line.strip().partition("|")
        if not bar:
            yield from name.split()
            continue
        # Plain words may follow the phrase; they are those after its last syllable.
        count = len(phrase.split())
        syllables = phrase.split()
        joined = ""
        for taken in range(1, count + 1):
            joined += fold(syllables[taken - 1])
            if joined == name.split()[-1]:
                count = taken
                break
        else:
            # The name is an abbreviation: the phrase ends where plain ASCII begins.
            count = max((i + 1 for i, s in enumerate(syllables) if not s.isascii()), default=len(syllables))
        yield from name.split()
        yield from spellings(" ".join(syllables[:count]))
        yield from syllables[count:]


def names():
    given, middle, family = GIVEN.split(), MIDDLE.split(), FAMILY.split()
    single = [s for name in given + family for s in spellings(name) if len(s) >= 3]
    double = [fold(first + name) for first in middle for name in given if first != name]
    double += [s for name in family for second in ("văn", "thị") for s in spellings(f"{name} {second}")]
    return single, double


def syllables():
    for initial in INITIALS:
        for nucleus in NUCLEI:
            for final in FINALS:
                if final and len(nucleus) == 3 and nucleus != "uye":
                    continue
                if final and nucleus in ("ai", "ao", "au", "ay", "eo", "eu", "iu", "oi", "ui", "uu", "ia"):
                    continue
                if final in ("ch", "nh") and nucleus not in ("a", "e", "i", "y", "oa", "uy"):
                    continue
                if not final and nucleus in ("ie", "ye", "uye"):
                    continue
                if initial in ("gh", "ngh", "k") and nucleus[0] not in "eiy":
                    continue
                word = initial + nucleus + final
                if len(word) >= 2:
                    yield word


def main():
    single, double = names()
    rest = list(syllables())
    groups = [(3, entries(TOP)), (5, entries(DIGITS)), (6, entries(OFFICE)), (6, single), (7, entries(HABIT)),
              (7, entries(ABROAD)), (8, (s for p in PLACES.replace("\n", "").split("|") for s in spellings(p))),
              (9, double), (9, (w for w in rest if len(w) > 2)), (7, (w for w in rest if len(w) == 2))]
    seen, out = set(), ["# Made by make_common_passwords.py; change the rules there. `= N`: the cost in bits of what follows."]
    for bits, group in groups:
        words = []
        for word in group:
            word = word.lower()
            if len(word) >= (2 if group is groups[-1][1] else 3) and word not in seen and re.fullmatch(r"[a-z0-9]+", word):
                seen.add(word)
                words.append(word)
        out += [f"= {bits}"] + words
    target = pathlib.Path(__file__).with_name("common_passwords.txt")
    made = "\n".join(out) + "\n"
    if "--check" not in sys.argv:
        target.write_text(made, encoding="ascii")
    elif target.read_text(encoding="ascii") != made:
        sys.exit("common_passwords.txt is not what this script makes; run it")


if __name__ == "__main__":
    main()
