"""Scenes for the stage, as full as they come, in both languages."""

from typing import Any, cast

import segno

import app
from components.scenes.stage import Listing, SceneData, SceneQuestion
from dialogue import event_files
from dialogue.events import Event
from locales import Language

ADDRESS = "doithoai.dongnai.gov.vn/ask/dong-nai-2022"
REPLIES = "doithoai.dongnai.gov.vn/replies/dong-nai-2022"
QR_CODE = segno.make(f"https://{ADDRESS}", error="m").svg_data_uri(border=2)
NOW = 1_668_061_800.0
SHORT = "Có 4G chưa?"
USUAL = (
    "Khi nào ấp 4 xã Thanh Sơn, huyện Định Quán có sóng 4G ổn định để học sinh học trực tuyến và "
    "bà con làm được thủ tục trên Cổng dịch vụ công mà không phải ra trung tâm huyện ạ"
)
OTHERS = (
    "Tỉnh có lớp học kỹ năng số miễn phí cho thanh niên nông thôn không ạ?",
    "Làm sao nhận ra tin nhắn lừa đảo mạo danh công an và ngân hàng, và báo cho ai khi đã bị lừa?",
    "Sinh viên mới tốt nghiệp ngành công nghệ thông tin muốn về làm việc cho tỉnh thì cần gì?",
    "Vốn vay nào dành cho nhóm khởi nghiệp bán nông sản qua mạng?",
)
# A thousand letters, as a young person might write who has much to say.
LONG = " ".join([USUAL, *OTHERS, USUAL, *OTHERS, USUAL, *OTHERS])[:999].rsplit(" ", 1)[0]
SAID = {
    "vi": {
        "number": "Câu số {}",
        "department": "Đơn vị trả lời: Sở Thông tin và Truyền thông",
        "waiting": "Câu hỏi tiếp theo sắp bắt đầu",
        "next": "Tiếp theo",
        "invitation": "Mời gửi câu hỏi bằng điện thoại",
        "coming": "Các câu hỏi tiếp theo",
        "newest": "Câu hỏi mới nhất",
        "voted": "Được quan tâm nhất",
        "votes": "{} lượt quan tâm",
        "empty": "Chưa có câu hỏi nào",
        "participation": "Thanh niên đang hỏi",
        "total": "1.234 câu hỏi từ 10 địa bàn",
        "message": "Buổi đối thoại tạm nghỉ 15 phút, xin mời quý vị trở lại lúc 15 giờ 30",
        "thanks": "Trân trọng cảm ơn quý vị và các bạn",
        "more": "Các câu trả lời bằng văn bản được đăng tại",
        "practice": "Diễn tập – không phải buổi đối thoại thật",
        "left": "Còn lại",
    },
    "en": {
        "number": "No. {}",
        "department": "To be answered by: Department of Information and Communications",
        "waiting": "The next question is about to begin",
        "next": "Next",
        "invitation": "Ask from your phone",
        "coming": "The next questions",
        "newest": "Newest questions",
        "voted": "Most supported",
        "votes": "{} votes",
        "empty": "No questions yet",
        "participation": "What young people ask",
        "total": "1,234 questions from 10 districts",
        "message": "The dialogue pauses for 15 minutes; please be back at half past three",
        "thanks": "Thank you for taking part",
        "more": "The written replies are published at",
        "practice": "Rehearsal – this is not the real dialogue",
        "left": "Left",
    },
}


def event() -> Event:
    """Return the sample event."""
    return event_files.read(app.SAMPLE.read_text(encoding="utf-8"))


def asked(text: str, language: Language, *, number: int = 128, place: int = 2) -> SceneQuestion:
    """Return a question whose asker agreed to be named, and which somebody will answer."""
    said = SAID[language.code]
    topic = event().topics[place % len(event().topics)]
    return SceneQuestion(
        number=said["number"].format(number),
        text=text,
        marks=[
            event().districts[place].short_name,
            language.pick(topic.name, topic.name_en),
        ],
        who="Nguyễn Thị Minh Khai, Đoàn xã Thanh Sơn",
        department=said["department"],
    )


def listing(title: str, language: Language, *texts: str) -> Listing:
    """Return questions under a title."""
    said = SAID[language.code]
    questions = [
        asked(text, language, number=130 + place, place=place) for place, text in enumerate(texts)
    ]
    return Listing(title=said[title], questions=questions, empty=said["empty"])


def scene_data(scene: str, language: Language, **changes: Any) -> SceneData:
    """Return a scene's data with some of its fields changed."""
    made = {"scene": scene, **_frame(language), **_SCENES[scene](language), **changes}
    return cast("SceneData", made)


def _frame(language: Language) -> dict[str, Any]:
    return {
        "heading": language.pick(event().title, event().title_en),
        "theme": language.pick(event().theme, event().theme_en),
        "language": language.code,
        "now": NOW,
        "timer": None,
        "practice": None,
        "overlay": False,
    }


def _way_to_ask(language: Language) -> dict[str, Any]:
    return {
        "invitation": SAID[language.code]["invitation"],
        "address": ADDRESS,
        "qr_code": QR_CODE,
    }


def _question(language: Language) -> dict[str, Any]:
    said = SAID[language.code]
    return {
        "on_stage": asked(USUAL, language),
        "waiting": said["waiting"],
        "next_heading": said["next"],
        "following": listing("next", language, *OTHERS[:2])["questions"],
        **_way_to_ask(language),
    }


def _participation(language: Language) -> dict[str, Any]:
    said = SAID[language.code]
    districts = [
        {
            "name": each.short_name,
            "count": place * place * 12,
            "column": each.tile_column,
            "row": each.tile_row,
        }
        for place, each in enumerate(event().districts)
    ]
    topics = [
        {"name": language.pick(each.name, each.name_en), "count": 1 + place * 17}
        for place, each in enumerate(event().topics)
    ]
    return {
        "title": said["participation"],
        "total": said["total"],
        "districts": districts,
        "topics": topics,
    }


def _thanks(language: Language) -> dict[str, Any]:
    said = SAID[language.code]
    return {
        "title": said["thanks"],
        "text": said["more"],
        "address": REPLIES,
        "qr_code": segno.make(f"https://{REPLIES}", error="m").svg_data_uri(border=2),
    }


_SCENES: dict[str, Any] = {
    "welcome": _way_to_ask,
    "question": _question,
    "next": lambda language: {"coming": listing("coming", language, USUAL, *OTHERS)},
    "participation": _participation,
    "message": lambda language: {"text": SAID[language.code]["message"]},
    "thanks": _thanks,
    "black": lambda _language: {},
    "board": lambda language: {
        "newest": listing("newest", language, *OTHERS, USUAL),
        "most_voted": listing("voted", language, USUAL, LONG, *OTHERS),
    },
}
SCENES = tuple(_SCENES)
