#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""factor.py [FOLDER]: staff and their second factor in the real app against the real server: set up at the first sign-in,
asked for at the next, the devices one is signed in on; numbered pictures go to FOLDER."""
import os
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from world import BUILD, App, Steps, t  # noqa: E402
os.environ.setdefault('ZC_SERVER', str(BUILD / 'src/server/zhichengd'))
import actors  # noqa: E402
from authenticator import Authenticator  # noqa: E402
from keyring import files_with, kept_secrets  # noqa: E402
from tap import case, check, equal, run  # noqa: E402
from ui import PATIENT, wait  # noqa: E402
from way import Person  # noqa: E402


class Desk:
    def __init__(self, folder):
        self.world = actors.World(limits={'staff_second_factor': 'required'})
        self.steps = Steps(folder)
        self.app = App(self.world.server.port, tempfile.mkdtemp(prefix='zc-factor-'))
        self.person = Person(self.app, self.steps, self.world)
        self.ui = self.app.ui
        self.authenticator, self.codes = None, []

    def enter(self, code):
        """By keys alone: the entry has the focus."""
        self.ui.write(self.ui.entry(t('Code of the authenticator')), code)
        self.ui.key('Return')

    def close(self):
        self.app.end()
        self.world.stop()


@case('SEC-S16', 'the first sign-in as staff sets the authenticator up and tells the recovery codes once')
def set_up(desk):
    desk.person.choose_staff()
    desk.person.sign_in(actors.CLERK, actors.PASSWORD)
    secret = wait(lambda: next((n.said for n in desk.ui.all('label') if re.fullmatch('([A-Z2-7]{4} ){7}[A-Z2-7]{4}', n.said)), None),
                  PATIENT, 'the key')
    desk.person.shot('set-up')
    desk.authenticator = Authenticator(secret.replace(' ', ''))
    desk.enter(desk.authenticator.wrong())
    desk.ui.find(part=t('This code is wrong or was used already. Wait for the next one; the clock of the phone must be right.')[:8])
    desk.person.shot('wrong')
    desk.enter(desk.authenticator.code(at=time.time()))     # typing the wrong one may have taken longer than that counts
    codes = wait(lambda: next((n.said for n in desk.ui.all('label') if n.said.count('\n') == 9), None), PATIENT, 'the recovery codes')
    desk.codes = codes.split('\n')
    desk.person.shot('recovery')
    desk.ui.tap('button', t('I Have Kept Them'))
    desk.ui.find('button', t('For whom you act'))
    desk.person.shot('staff')


@case('SEC-S16', 'the next sign-in asks for a code; giving up leaves nothing, a recovery code opens')
def again(desk):
    desk.person.sign_out()
    desk.person.choose_staff()
    desk.person.sign_in(actors.CLERK, actors.PASSWORD)
    desk.ui.entry(t('Code of the authenticator'))
    desk.person.shot('asked')
    desk.ui.key('Escape')
    desk.ui.gone(t('Code of the authenticator'))
    desk.person.sign_in(actors.CLERK, actors.PASSWORD)
    desk.enter(desk.codes[3].lower())
    desk.ui.find('button', t('For whom you act'))
    session = desk.world.sign_in(actors.CLERK, device='另一台电脑')
    equal([item['acts_for'] for item in session.get('/v1/sessions').json['items']], [None, '广西南方机械有限公司'])


@case('P17 SEC-S01 SEC-S11 SEC-S47', 'the token lies with the Secret Service; neither it nor password nor recovery code in any file of app, desktop or server')
def kept(desk):
    secret, = kept_secrets(f'http://127.0.0.1:{desk.world.server.port}')
    account, token = secret.split(' ')
    equal(actors.Caller(desk.world, token).get('/v1/me').status, 200)
    folders = desk.app.home, desk.world.server.home, os.environ['GUI_SESSION_DIR']
    check(files_with('广西南方机械有限公司', *folders), 'the search finds nothing')
    for said in (token, actors.PASSWORD, *desk.codes):
        equal(files_with(said, *folders), [])


@case('SEC-S16', 'other recovery codes are had from the gear, by keys alone; one of those before lets nobody in')
def renew(desk):
    desk.ui.press(t('Settings'), role=('toggle button',))
    desk.ui.settle()
    desk.ui.key(*['Up'] * 5, 'Return')     # past signing out, keys, safety and the invitation
    desk.ui.find('button', t('Renew Recovery Codes'))
    desk.person.shot('renew')
    desk.enter(desk.authenticator.code(1, at=time.time()))
    codes = wait(lambda: next((n.said for n in desk.ui.all('label') if n.said.count('\n') == 9), None), PATIENT, 'the recovery codes')
    desk.person.shot('renewed')
    check(not set(codes.split('\n')) & set(desk.codes), 'a code of before')
    desk.ui.key('Return')
    desk.ui.gone(t('I Have Kept Them'))
    session = desk.world.sign_in(actors.CLERK, device='另一台电脑')
    equal([session.request('PUT', '/v1/sessions/current/factor', {'code': code}).status for code in (desk.codes[5], codes.split('\n')[5])],
          [422, 204])
    equal(session.request('DELETE', '/v1/sessions/current').status, 204)


@case('SEC-S14', 'the devices are listed from the gear; another one is ended and out at once')
def devices(desk):
    other = desk.world.sign_in(actors.CLERK, device='丢失的电脑')
    desk.ui.press(t('Settings'), role=('toggle button',))
    desk.ui.settle()
    desk.ui.key(*['Up'] * 6, 'Return')     # past signing out, keys, safety, the invitation and the authenticator
    desk.ui.find(part='丢失的电脑')
    desk.person.shot('devices')
    desk.ui.tap('button', t('End the sign-in on %s') % '丢失的电脑')
    desk.ui.gone(part='丢失的电脑')
    equal(other.get('/v1/me').status, 401)
    desk.ui.tap('button', t('End All Others'))
    desk.ui.find(part=t('You are signed in nowhere else.'))
    desk.person.shot('alone')
    check(desk.ui.shows(t('For whom you act')), 'this one goes on')


if __name__ == '__main__':
    run(lambda: Desk(sys.argv[1] if len(sys.argv) > 1 else None), Desk.close, one_way=True)
