"""TEMPORARY scaffold until the real reader lands in this session."""
import csv
from datetime import date, datetime
from dialogue.events import *
T = ["chinh-quyen-so","ha-tang-so","an-toan-thong-tin","ky-nang-so","viec-lam","khoi-nghiep","kinh-te-so","nhan-luc-cntt","y-te-so","van-hoa-du-lich-so","viec-khac"]
N = ["Chính quyền số, dịch vụ công trực tuyến","Hạ tầng viễn thông, internet, phủ sóng","An toàn thông tin, lừa đảo trên mạng","Kỹ năng số, chuyển đổi số trong nhà trường","Đào tạo nghề, việc làm","Khởi nghiệp, đổi mới sáng tạo","Kinh tế số, thương mại điện tử, OCOP","Nhân lực công nghệ thông tin","Y tế số","Văn hóa, thể thao, du lịch số","Nhà ở, giao thông, môi trường và việc khác"]
def read(text):
    rows = list(csv.DictReader(__import__("pathlib").Path("/work/shared/data/dong_nai_districts_2022.csv").read_text().splitlines()))
    from dialogue.text import dictionary_order
    rows.sort(key=lambda r: dictionary_order(r["short_name"]))
    return Event(slug="dong-nai-2022", title="Đối thoại giữa lãnh đạo UBND tỉnh với thanh niên năm 2022", title_en="Dialogue between the provincial leaders and young people, 2022", theme="Thanh niên Đồng Nai với công nghệ thông tin và chuyển đổi số", theme_en="Young people of Đồng Nai, information technology and digital transformation", unit_name="Ủy ban nhân dân tỉnh Đồng Nai", unit_title="tỉnh", official_name="Nguyễn Sơn Hùng", official_title="Phó Chủ tịch UBND tỉnh", held_at=datetime.fromisoformat("2022-11-10T13:30:00+07:00"), place="Hội trường UBND tỉnh", timezone="Asia/Ho_Chi_Minh", plan="Kế hoạch 181/KH-UBND ngày 10/8/2022", intake=Intake.OPEN, intake_opens_on=date(2022,10,10), intake_closes_on=date(2022,11,10), boundaries="dong-nai-2022.geojson", boundaries_credit="Ranh giới: Who's On First / Mesoshapes (CC0), mang tính minh họa, không có giá trị pháp lý", population_source="Tổng điều tra dân số 2019",
      districts=tuple(District(code=r["code"],name=r["name"],short_name=r["short_name"],people=int(r["pop_2019"]),young_people=int(r["pop_15_34_2019"]),tile_column=int(r["tile_col"]),tile_row=int(r["tile_row"])) for r in rows),
      topics=tuple(Topic(code=c,name=n,name_en=c,departments=("so-tttt",)) for c,n in zip(T,N)),
      departments=(Department(code="so-tttt",name="Sở Thông tin và Truyền thông",name_en="Department of Information and Communications"),),
      reasons=(Reason(code="off-topic",text="Câu hỏi ngoài chủ đề",text_en="Off topic"),Reason(code="unclear",text="Chưa rõ nội dung",text_en="Unclear")))
