"""What a first name, a title or a word for a person says about gender: evidence for pronouns, nothing more."""

from __future__ import annotations

from pipeline.attribute.forms import words
from pipeline.records import Gender

_FEMALE = words(
    """abigail ada adele agnes aisha alejandra alexandra alexis alice alicia alison allison alyssa amanda amber amelia
    amina amy ana anastasia andrea angela angelina anita ann anna anne annette annie anya ariana ashley astrid audrey
    aung barbara beatrice becky bernadette beth bethany betsy betty beverly bianca bonnie brenda bridget britney
    brittany brooke caitlin camila candace carla carly carmen carol carole caroline carolyn carrie catherine cathy
    cecilia celeste celia charlene charlotte chelsea cheryl chloe christina christine cindy claire clara clarissa
    claudia colleen connie constance courtney crystal cynthia daisy dana danielle daphne dawn deborah debbie debra
    delia denise diana diane dianne dolores donna dora doris dorothy edith eileen elaine eleanor elena elisa elise
    elizabeth ella ellen eloise elsa emilia emily emma erica erika erin esther ethel eugenia eva eve evelyn faith
    farah fatima fay felicia fiona flora florence frances francesca freya gabriela gabrielle gail gemma genevieve
    georgia geraldine gertrude gina ginny giorgia gladys glenda gloria grace greta gwen hannah harriet hazel heather
    heidi helen helena henrietta hilary hilda hillary holly hope huma ida imelda ines ingrid irene iris irma isabel
    isabella isabelle ivanka ivy jackie jacqueline jana jane janet janice jasmine jean jeanne jen jenna jennifer jenny
    jessica jill jo joan joanna joanne jocelyn jodi josephine joy joyce juanita judith judy julia juliana julianne
    julie juliet kaitlyn kamala kara karen kate katherine kathleen kathryn kathy katie katrina kay kayla kellyanne
    kelly kelsey kim kimberly kirsten kristen kristin kristina lana lara laura lauren laurie leah leila lena leslie
    lila lillian lily linda lindsay lindsey lisa liz lois lola lorena loretta lori lorraine louise lucia lucinda lucy
    lydia lynn mabel madeleine madeline maeve maggie malala mandy marcia margaret margarita margot maria marian
    mariana marianne marie marilyn marina marine marissa marjorie marlene marsha martha mary matilda maureen mavis
    maxine maya megan meghan melanie melania melinda melissa mercedes meredith mia michaela michele michelle mildred
    mindy miranda miriam moira mollie molly mona monica muriel myra nadia nadine nancy naomi natalia natalie natasha
    nell nicola nicole nikki nina noelle nora norma octavia olga olivia opal ophelia paige pam pamela pat patricia
    patsy patty paula pauline pearl peggy penelope penny phoebe phyllis polly priscilla priti priya rachel ramona
    rebecca regina renee rhonda rita roberta robin rosa rosalie rose rosemary roxanne ruby ruth sabrina sadie sally
    samantha sandra sara sarah sasha savannah selena shannon sharon sheila shelby shelley sherry shirley sierra silvia
    simone sofia sonia sonya sophia sophie stacey stacy stella stephanie sue susan susanna susie suzanne svetlana
    sybil sylvia tabitha tamara tammy tanya tara tatiana teresa tessa thelma theresa tiffany tina toni tracy trisha
    trudy ursula valentina valerie vanessa vera veronica vicki victoria viola violet virginia vivian wanda wendy
    whitney wilma winifred xiomara yasmin yolanda yvette yvonne zara zelda zoe"""
)
_MALE = words(
    """aaron abdul abdullah abe abraham adam adnan adrian ahmad ahmed al alan albert alberto alejandro alex alexander
    alexei alfred ali allan allen alvin amir anders andre andreas andrew andy angus anthony anton antonio archie
    arnold arthur asif austin barack barney barry bart basil ben benedict benjamin bernard bernie bert bill billy bob
    bobby boris brad bradley brandon brendan brent brett brian bruce bryan byron caleb calvin cameron carl carlos
    casey cecil cedric cesar chad charles charlie chester chris christian christopher chuck clarence clark claude
    clayton cliff clifford clint clinton clive clyde cody cole colin conor corey cory craig curtis cyril cyrus dale
    damien damon dan daniel danny darren darryl dave david dean declan dennis denis derek desmond dick diego dimitri
    dirk dmitri dmitry dominic don donald doug douglas duncan dustin dwayne dwight dylan earl ed eddie edgar edmund
    eduardo edward edwin eli elias elijah elliot elliott elmer elon emanuel emmanuel enrique eric erik ernest ernie
    ethan eugene evan felipe felix ferdinand fernando finn floyd francis francisco francois frank franklin fred
    freddie frederick gabriel garrett gary gavin gene geoff geoffrey george gerald gerard gerry gilbert giovanni glen
    glenn gordon graham grant greg gregory guillermo gus guy hal hank hans harold harry harvey hassan hector henrik
    henry herbert herman hernan howard hubert hugh hugo hussein hyun ian ibrahim igor imran isaac ivan jack jackson
    jacob jacques jaime jake jamal james jamie jan jared jason jasper javier jay jeb jeff jefferson jeffrey jens
    jeremy jerome jerry jesse jesus jim jimmy joao joe joel johan johannes john johnny jon jonah jonathan jordan jorge
    jose joseph josh joshua juan julian julio justin kamal karl keith ken kenneth kent kevin khalid kirk klaus konrad
    kurt kyle lance larry lars laurence lawrence lee leo leon leonard leonardo leopold lewis liam lionel lloyd logan
    lorenzo louis luca lucas luis luiz luke luther magnus mahmoud malcolm manuel marc marcel marcelo marco marcus
    mario mark marlon marshall martin marty marvin mateo matt matteo matthew maurice max maximilian mehmet mel melvin
    michael miguel mikhail mike miles milton mitch mitchell mitt mohamed mohammad mohammed monty morgan moses muhammad
    murray mustafa narendra nasser nate nathan nathaniel ned neil nelson newt nicholas nick nicolas nigel nikolai nils
    noah noel norman oleg oliver olivier omar orlando oscar oswald otto owen pablo paolo pascal patrick paul pavel
    pedro percy perry pete peter phil philip philippe phillip pierre piers quentin rafael rahm rajiv ralph ramon
    randall randy rashid raul ravi ray raymond reggie reginald reince rene rex ricardo richard rick ricky rob robert
    roberto rodney rodrigo roger roland roman ron ronald rory ross roy rudolph rudy rupert russell ryan sajid salman
    sam samir samuel scott sean sebastian sergei sergey sergio seth shane shaun sherman shinzo sidney silvio simon
    solomon spencer stan stanley stefan stephen steve steven stuart sundar ted terrence terry theodore thomas tim
    timothy tobias toby todd tom tommy tony travis trevor tristan troy tyler vernon victor vikram vince vincent vitaly
    vladimir volodymyr wade wallace walter warren wayne wesley wilbur wilfred william willie winston wolfgang xavier
    xi yasser yitzhak yuri yusuf zachary"""
)
_FEMALE_WORDS = words(
    """mrs ms miss madam lady dame baroness duchess queen princess sister mother wife daughter widow woman girl
    spokeswoman chairwoman congresswoman councilwoman actress businesswoman grandmother aunt niece girlfriend
    policewoman stateswoman alderwoman assemblywoman she her hers"""
)
_MALE_WORDS = words(
    """mr sir lord baron duke king prince brother father husband son widower man boy spokesman chairman congressman
    councilman actor businessman grandfather uncle nephew boyfriend policeman statesman alderman assemblyman he his
    him"""
)


def gender_of_first_name(name: str) -> Gender | None:
    """The gender that a first name nearly always has in English-language news; ``None`` when it tells nothing."""
    first = name.split(maxsplit=1)[0].rstrip(".").lower() if name.split() else ""
    female, male = first in _FEMALE, first in _MALE
    if female == male:
        return None
    return "female" if female else "male"


def is_first_name(word: str) -> bool:
    """Whether a word is a common first name."""
    lower = word.lower()
    return lower in _FEMALE or lower in _MALE


def gender_of_words(text: str) -> Gender | None:
    """The gender that a title or a description states: *Mrs.*, *spokesman*, *the woman*; ``None`` if none or both."""
    found = {word.strip(".,").lower() for word in text.split()}
    female, male = bool(found & _FEMALE_WORDS), bool(found & _MALE_WORDS)
    if female == male:
        return None
    return "female" if female else "male"
